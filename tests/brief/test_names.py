"""Module names: what they say, what they only suggest, and what they do not say."""

from __future__ import annotations

import pytest

from rigatino.brief import is_module_name, read_module_name
from rigatino.brief.vocabulary import vocabulary

#: name, inputs, outputs, tasks
UNDERSTOOD = [
    ("Txt2Img-DreamNet-v2", ("text",), ("image",), ("text-to-image",)),
    ("ImgTxt2Img-Dream", ("image", "text"), ("image",), ("instruction-editing", "image-to-image")),
    ("Raw2Img-NightNet", ("raw sensor data",), ("image",), ()),
    ("ImgMask2Img-FillNet", ("image", "mask"), ("image",), ("inpainting",)),
    ("Img2Depth-MiDaS", ("image",), ("depth-map",), ("depth-estimation",)),
    ("Vid2Vid-BasicVSR", ("video",), ("video",), ("video-super-resolution",)),
    ("ImgTxt2Txt-Chatty", ("image", "text"), ("text",), ("visual-question-answering",)),
    ("Img2Txt-Wordy", ("image",), ("text",), ("image-captioning",)),
    ("Img2Box-Finder", ("image",), ("boxes",), ("object-detection",)),
    ("Vid2Flow-Swirl", ("video",), ("flow",), ("optical-flow",)),
    ("Img23D-Sculptor", ("image",), ("3d-scene",), ("3d-reconstruction", "novel-view-synthesis")),
    ("Pts2Pts-PoinTr-PCN", ("point-cloud",), ("point-cloud",), ("point-cloud-completion",)),
    ("Vid2Vid-S2VD-Derain-Someone", ("video",), ("video",), ("deraining",)),
    ("RawDenoise-SeeInTheDark", ("raw sensor data",), ("image",), ("denoising",)),
    ("Txt2-3D-DreamFusion", ("text",), ("3d-scene",), ()),
    ("txt2vid-dream", ("text",), ("video",), ("video-generation",)),
    ("text-to-image-dream", ("text",), ("image",), ("text-to-image",)),
    ("TextToImage-Dream", ("text",), ("image",), ("text-to-image",)),
    ("Audio2Txt-Listener", ("audio",), ("text",), ()),
    ("Img2Img-Deblur-Foo", ("image",), ("image",), ("deblurring",)),
    ("SISR-x4-Foo", ("image",), ("image",), ("super-resolution",)),
    ("SISR-Any-Foo", ("image", "scale"), ("image",), ("super-resolution",)),
    ("SISR-x2-LIIF", ("image",), ("image",), ("super-resolution",)),
    ("JAR-FBCNN", ("image", "quality-factor (optional)"), ("image",), ("jpeg-artifact-removal",)),
    ("CAR-Foo-Q10", ("image",), ("image",), ("jpeg-artifact-removal",)),
    ("DN-FFDNet-Color", ("image", "noise-level"), ("image",), ("denoising",)),
    ("Dehaze-Foo", ("image",), ("image",), ("dehazing",)),
    ("Derain-Foo", ("image",), ("image",), ("deraining",)),
    ("LLIE-Foo", ("image",), ("image",), ("low-light-enhancement",)),
    ("Inpaint-Foo", ("image", "mask"), ("image",), ("inpainting",)),
    ("Colorize-Foo", ("image",), ("image",), ("colorization",)),
    ("Matting-Foo", ("image",), ("mask",), ("background-removal",)),
    ("VFI-Foo", ("video",), ("video",), ("video-interpolation",)),
    ("VQA-Foo", ("image", "text"), ("text",), ("visual-question-answering",)),
    ("OCR-Foo", ("image",), ("text",), ("ocr",)),
    ("NVS-Foo", ("views",), ("views",), ("novel-view-synthesis",)),
    ("VidDeblur-Foo", ("video",), ("video",), ("deblurring",)),
    ("HuggingFace-Img2Img-Foo", ("image",), ("image",), ("image-to-image",)),
    ("ImgTxt2Img-ControlNet-Depth", ("image", "text"), ("image",), ("image-to-image",)),
    ("SISR x4 Foo", ("image",), ("image",), ("super-resolution",)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "inputs", "outputs", "tasks"), UNDERSTOOD)
def test_a_name_with_a_head_is_understood(
    name: str, inputs: tuple[str, ...], outputs: tuple[str, ...], tasks: tuple[str, ...]
) -> None:
    read = read_module_name(name)
    assert read.understood
    assert not read.hint
    assert (read.inputs, read.outputs, read.tasks) == (inputs, outputs, tasks)


def test_every_word_of_a_name_is_accounted_for() -> None:
    read = read_module_name("ImgTxt2Img-HuggingFace-someone-ControlNet-v1.1-x2-Color-Q40")
    said = [(s.part, s.kind, s.value) for s in read.because]
    assert said == [
        ("ImgTxt2Img", "input", "image"),
        ("ImgTxt2Img", "input", "text"),
        ("ImgTxt2Img", "output", "image"),
        ("HuggingFace", "source", "HuggingFace"),
        ("ControlNet", "family", "ControlNet"),
        ("v1.1", "version", "1.1"),
        ("x2", "scale", "2"),
        ("Color", "colour", "Color"),
        ("Q40", "quality", "40"),
    ]
    assert read.unread == ("someone",)
    assert read.scale == "2"
    assert read.families == ("ControlNet",)


@pytest.mark.parametrize(
    ("name", "tasks"),
    [
        ("SwinIR", ("super-resolution", "denoising", "jpeg-artifact-removal")),
        ("someone/instruct-pix2pix", ("instruction-editing",)),
        ("GFPGAN-v1.4", ("face-restoration",)),
        ("stable-diffusion-v1-5", ("text-to-image",)),
    ],
)
def test_a_family_alone_is_only_a_hint(name: str, tasks: tuple[str, ...]) -> None:
    read = read_module_name(name)
    assert (read.understood, read.hint) == (False, True)
    assert read.tasks == tasks
    assert read.inputs


@pytest.mark.parametrize("name", ["Foo", "QGO-Prompting", "", "---", "2", "Foo2Bar", "x4", "모델"])
def test_a_name_that_says_nothing_says_so(name: str) -> None:
    read = read_module_name(name)
    assert not read.understood
    assert not read.hint
    assert (read.inputs, read.outputs, read.tasks) == ((), (), ())


def test_a_family_that_contradicts_the_head_adds_nothing() -> None:
    read = read_module_name("Img2Img-StableDiffusion")
    assert read.inputs == ("image",)
    assert "text-to-image" not in read.tasks


NAMES = [
    "SISR-Any-LIIF-EDSR", "Txt2Img-StableDiffusionV1-QGO", "Txt2Img StableDiffusionV1",
    "timbrooks/instruct-pix2pix", "Deblur-NAFNet", "SISR Any LIIF EDSR", "Foo-Bar2-v3",
]  # fmt: skip
TITLES = [
    "Deblur-NeRF: Neural Radiance Fields from Blurry Images", "Attention Is All You Need",
    "OCR Hinders RAG", "Super-Resolution Neural Operator", "Segment Anything", "Glow",
    "Denoising Diffusion Probabilistic Models", "Noise2Noise: Learning without Clean Data",
    "Depth from a Single Image", "Green AI", "Where Is My Mirror?", "Seeing Through Fog",
    "Image Denoising Using GANs", "Text-to-Image Generation Grounded by Fine-Grained Attention",
    "Image-to-Image Translation with Conditional Adversarial Networks",
    "Face Restoration in the Wild", "Colorization as a Proxy Task for Visual Understanding",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_are_told_from_titles(name: str) -> None:
    assert is_module_name(name)


@pytest.mark.parametrize("title", TITLES)
def test_titles_are_told_from_names(title: str) -> None:
    assert not is_module_name(title)


def test_the_vocabulary_is_consistent() -> None:
    words = vocabulary()
    kinds = set(words.types())
    for entry in (*words.tasks.values(), *words.families.values()):
        for kind in (*entry.inputs, *entry.outputs):
            assert kind in kinds or words.is_setting(kind), kind
    for family in words.families.values():
        assert set(family.tasks) <= set(words.tasks), family.group
        given = [set(words.tasks[slug].outputs) & set(family.outputs) for slug in family.tasks]
        assert any(given) or not given, family.group


def test_a_narrow_subject_is_read_and_not_taken_for_the_task() -> None:
    read = read_module_name("Img2Img-pix2pix-Edges2Handbags")
    assert read.subject == "handbags"
    assert read.tasks == ("image-to-image",)
    assert read_module_name("SISR-x4-RealESRGAN").subject is None
