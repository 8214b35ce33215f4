"""stub"""

import re


def is_module_name(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9.]+(-[A-Za-z0-9.+_]+)+", name))
