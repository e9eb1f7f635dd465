"""Portraits for the demo's specimens: head and shoulders, drawn in two shades of grey."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

SIZE = (600, 800)


def portrait(shade: int) -> ContentFile:
    """Return a JPEG with the aspect ratio of badges. Different shades distinguish the specimens."""
    picture = Image.new("RGB", SIZE, (236, 238, 240))
    draw = ImageDraw.Draw(picture)
    grey = 120 + shade * 17 % 80
    draw.ellipse((70, 520, 530, 1100), fill=(grey, grey, grey + 8))
    draw.ellipse((190, 180, 410, 480), fill=(grey + 25, grey + 25, grey + 30))
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return ContentFile(out.getvalue(), name=f"specimen-{shade}.jpg")
