"""A portrait of nobody: head and shoulders drawn in two greys, for the specimens of the demo."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

SIZE = (600, 800)


def portrait(shade: int) -> ContentFile:
    """A JPEG in the ratio that badges ask; the shade tells one specimen from the next."""
    picture = Image.new("RGB", SIZE, (236, 238, 240))
    draw = ImageDraw.Draw(picture)
    grey = 120 + shade * 17 % 80
    draw.ellipse((70, 520, 530, 1100), fill=(grey, grey, grey + 8))
    draw.ellipse((190, 180, 410, 480), fill=(grey + 25, grey + 25, grey + 30))
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return ContentFile(out.getvalue(), name=f"specimen-{shade}.jpg")
