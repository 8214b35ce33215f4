"""Typed workflows: input → model → output."""

from rigatino.workflow.compose import compose
from rigatino.workflow.record import Step, Workflow

__all__ = ["Step", "Workflow", "compose"]
