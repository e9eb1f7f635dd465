"""Processing of pictures, and the messages for refused files."""

import io

import pytest
from PIL import Image, ImageFile

from attachments.validators import FileRefused
from registration import pictures
from tests.attachments.samples import archive, pdf
from tests.registration.pictures import UPRIGHT, encoded, halves, header_bomb, portrait, uploaded

GPS, ORIENTATION = 0x8825, 0x0112


def kept(data: bytes, keep=pictures.photo) -> Image.Image:
    return Image.open(io.BytesIO(keep(uploaded(data)).read()))


def colour(picture: Image.Image, place: tuple[int, int]) -> str:
    red, _green, blue = picture.getpixel(place)
    return "red" if red > blue else "blue"


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_photo_is_kept_as_jpeg_of_three_to_four(form):
    picture = kept(portrait(form))

    assert (picture.format, picture.size, picture.mode) == ("JPEG", (600, 800), "RGB")


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_jpeg_of_other_colours_is_kept_in_rgb(mode):
    assert kept(portrait(mode=mode)).mode == "RGB"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_png_of_any_mode_is_kept_in_rgb(mode):
    assert kept(portrait("PNG", mode=mode)).mode == "RGB"


def test_transparent_background_becomes_white():
    assert kept(portrait("PNG", mode="RGBA")).getpixel((300, 400)) == (255, 255, 255)


def test_sixteen_bits_of_grey_stay_grey():
    grey = Image.new("I;16", UPRIGHT, 128 * 256)

    assert kept(encoded(grey, "PNG")).getpixel((300, 400)) == (128, 128, 128)


def test_animated_png_keeps_its_first_picture():
    first, second = Image.new("RGB", UPRIGHT, "red"), Image.new("RGB", UPRIGHT, "blue")
    moving = encoded(first, "PNG", save_all=True, append_images=[second])

    picture = kept(moving)

    assert (colour(picture, (300, 400)), getattr(picture, "n_frames", 1)) == ("red", 1)


def test_place_time_and_camera_are_removed():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Specimen One"
    exif[GPS] = {1: "N", 2: (46.0, 13.0, 0.0)}
    data = portrait(exif=exif, comment=b"Specimen One", icc_profile=b"x" * 200)

    content = pictures.photo(uploaded(data)).read()

    assert dict(Image.open(io.BytesIO(content)).getexif()) == {}
    assert [word in content for word in (b"Specimen", b"Exif", b"ICC_PROFILE")] == [False] * 3


def test_orientation_of_the_camera_is_applied():
    turned = Image.Exif()
    turned[ORIENTATION] = 6  # rotate by 90° clockwise: the left side moves to the top

    picture = kept(encoded(halves(), exif=turned))

    assert (colour(picture, (300, 50)), colour(picture, (300, 750))) == ("red", "blue")


def test_wide_photo_is_cut_in_the_middle():
    picture = kept(encoded(halves((2000, 1000))))

    assert (colour(picture, (50, 400)), colour(picture, (550, 400))) == ("red", "blue")


def test_scan_stays_whole_and_is_reduced():
    assert kept(portrait(size=(6000, 4000)), pictures.scan).size == (2480, 1653)


def test_kept_file_has_a_name_of_its_kind():
    assert pictures.photo(uploaded(portrait("PNG"), "../Ana <b>.png")).name == "Ana <b>.jpg"


NOT_A_PICTURE = "its content is neither JPEG nor PNG."
DAMAGED = "it is damaged or incomplete."
MANY_PIXELS = "it has too many pixels. Reduce it to at most 50 megapixels."
SMALL = "the picture is too small. It needs at least 300 × 400 pixels, upright."

REFUSED = {
    "archive": (archive(a="b"), NOT_A_PICTURE),
    "document": (pdf(), NOT_A_PICTURE),
    "drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NOT_A_PICTURE),
    "page": (b"<html><script>alert(1)</script>", NOT_A_PICTURE),
    "gif": (encoded(Image.new("RGB", UPRIGHT), "GIF"), NOT_A_PICTURE),
    "bmp": (encoded(Image.new("RGB", UPRIGHT), "BMP"), NOT_A_PICTURE),
    "text": (b"\0" * 500, NOT_A_PICTURE),
    "nothing": (b"", "it is empty."),
    "50 MB": (
        b"\xff\xd8\xff" + b"\0" * (50 * 1024 * 1024 - 3),
        "its size is 50\xa0MB, and the limit is 10\xa0MB.",
    ),
    "bomb": (header_bomb(), MANY_PIXELS),
    "smaller bomb": (header_bomb(8_000), MANY_PIXELS),
    "truncated JPEG": (encoded(halves(), quality=95)[:6000], DAMAGED),
    "truncated PNG": (portrait("PNG")[:200], DAMAGED),
    "header alone": (header_bomb(1_000), DAMAGED),
    "small": (portrait(size=(299, 400)), SMALL),
    "thin": (portrait(size=(4000, 100)), SMALL),
}


@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize("case", REFUSED)
def test_file_that_is_no_portrait_is_refused_in_words(case, lenient, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)  # WeasyPrint sets it on import
    data, reason = REFUSED[case]

    with pytest.raises(FileRefused) as refusal:
        pictures.photo(uploaded(data))

    assert refusal.value.reason == reason


def test_scan_that_nobody_could_read_is_refused():
    with pytest.raises(FileRefused) as refusal:
        pictures.scan(uploaded(portrait(size=(599, 400))))

    assert refusal.value.reason == (
        "the picture is too small to be read: it needs at least 600 pixels on its longer side."
    )
