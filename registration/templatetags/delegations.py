"""The name of a delegation in templates: its organisation, or the secretariat's group."""

from django import template
from django.template import Context, Node, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from events import texts
from events.templatetags.convoca import record_fallback
from registration.models import Delegation

register = template.Library()


class DelegationNameNode(Node):
    """Shows the name of a delegation, or stores it in a variable."""

    def __init__(self, delegation: FilterExpression, target: str) -> None:
        self.delegation, self.target = delegation, target

    def render(self, context: Context) -> str:
        delegation: Delegation = self.delegation.resolve(context)
        if delegation.organisation is None:
            return self._answer(context, delegation.name, conditional_escape(delegation.name))
        found = texts.find(delegation.organisation, "name", get_language())
        if not self.target:
            record_fallback(found)
        return self._answer(context, found.value, found.html)

    def _answer(self, context: Context, plain: str, html: str) -> str:
        if not self.target:
            return html
        context[self.target] = plain
        return ""


@register.tag
def delegation_name(parser: Parser, token: Token) -> DelegationNameNode:
    """`{% delegation_name delegation %}`: the name in the reader's language.

    If the name exists only in the other language, a `span` marks that language. `{% delegation_name
    delegation as name %}` stores the plain text, for a title or a sentence.
    """
    bits = token.split_contents()[1:]
    target = bits.pop() if bits[-2:-1] == ["as"] else ""
    if target:
        bits.pop()
    if len(bits) != 1:
        raise TemplateSyntaxError("“delegation_name” takes a delegation, then nothing or “as” and a name.")
    return DelegationNameNode(parser.compile_filter(bits[0]), target)
