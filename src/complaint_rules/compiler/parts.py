"""What every compiled item carries over as it is: texts, sources, dates, place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypedDict

from complaint_rules.compiler.dates import validity
from complaint_rules.policy import Guidance, Texts, Validity

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site
    from complaint_rules.model.base import Guidance as GuidanceModel
    from complaint_rules.model.base import Item as ItemModel
    from complaint_rules.source import Span


class Common(TypedDict):
    """The fields of `complaint_rules.policy.Item`."""

    id: str
    title: Texts
    text: Texts
    source: tuple[str, ...]
    span: Span | None
    valid: Validity | None
    law: bool


def common(
    name: str, model: ItemModel, site: Site, default: Validity | None, at: Span | None = None
) -> Common:
    """
    Return what an item carries over.

    Args:
        name: Its id.
        model: The item as written.
        site: Where it is written.
        default: The ruleset's own dates, which hold where the item has none.
        at: Where its id stands.
    """
    return Common(
        id=name,
        title=dict(model.title or {}),
        text=dict(model.text or {}),
        source=tuple(model.source),
        span=at or site.span,
        valid=validity(site.child("valid"), default),
        law=model.law,
    )


def guidance(model: GuidanceModel | None) -> Guidance:
    """Return guidance as a policy has it; empty where there is none."""
    if model is None:
        return Guidance()
    return Guidance(_texts(model.do), _texts(model.avoid))


def _texts(texts: Mapping[str, str] | None) -> Texts:
    return dict(texts or {})
