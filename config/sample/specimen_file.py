"""Small placeholder PDF files for the demo's presentations and aide-memoires."""

from html import escape

from weasyprint import HTML

PAGE = """<!doctype html><html lang="{language}"><head><title>{title}</title><style>
@page {{ size: A4 landscape; margin: 30mm }} body {{ font-family: "Noto Serif"; color: #17212b }}
h1 {{ font-size: 26pt; font-weight: 500 }} p {{ font-family: "Noto Sans"; color: #4a5866 }}
</style></head><body><h1>{title}</h1><p>{event}</p><p>{mark}</p></body></html>"""
MARK = {
    "en": "Specimen made by the Convoca demonstration",
    "es": "Documento de muestra generado por la demostración de Convoca",
}


def specimen_pdf(title: str, event: str, language: str) -> bytes:
    """Return a PDF of one page with the title, marked as a specimen."""
    page = PAGE.format(language=language, title=escape(title), event=escape(event), mark=MARK[language])
    pdf: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return pdf
