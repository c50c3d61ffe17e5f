"""The typed core of a state: the facts the package itself knows, for a developer's editor."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Unknown: TypeAlias = Literal["unknown"]
Amount: TypeAlias = Annotated[
    "AmountFacts | Decimal | str", Field(description="an exact amount, 0 or more")
]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class AmountFacts(_Facts):
    """An amount and its currency (ISO 4217)."""

    amount: Decimal = Field(ge=0)
    currency: str = Field(pattern=r"^[A-Z]{3}$")


class DoneFacts(_Facts):
    """An action that was carried out, and when."""

    action: str
    at: AwareDatetime


class PauseFacts(_Facts):
    """A stretch of time others were waited for; without `to` it is still open."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)

    from_: AwareDatetime = Field(alias="from", serialization_alias="from")
    to: AwareDatetime | None = None


class PromiseFacts(_Facts):
    """Something promised to the customer."""

    what: str | None = None
    due: AwareDatetime
    kept: bool | None = None
    expected: AwareDatetime | None = Field(None, description="when it will really be kept")
    slipped_at: AwareDatetime | None = Field(
        None, description="when it became clear that it would be late"
    )


class ClaimFacts(_Facts):
    """What is demanded, or what the customer is entitled to."""

    kinds: set[str] | Unknown | None = None
    amount: Amount | Unknown | None = None


class EntitlementFacts(ClaimFacts):
    """What the customer is entitled to, and by which law or contract."""

    source: str | None = None


class TypeBasisFacts(_Facts):
    """What is known of one customer type."""

    signals: list[str] = Field(default_factory=list)
    confirmed_by: str | None = None
    since: AwareDatetime | None = None
    expires_at: AwareDatetime | None = None


class ComplaintFacts(BaseModel):
    """
    The facts of one complaint that every ruleset understands; a ruleset's own stand beside them.

    ``None`` is missing, ``"unknown"`` is unknown. Times carry their offset; amounts are exact.
    Facts of the ruleset (``severity``, ``channel`` …) are given as further keywords and are
    checked against the policy when it decides.
    """

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    complaint_id: str | None = None
    kind: (
        Literal["complaint", "feature_request", "question", "mistaken_identity", "none"] | None
    ) = None
    received_at: AwareDatetime | Unknown | None = None
    event_date: datetime.date | None = None
    calendar: str | None = None
    currency: str | None = Field(None, pattern=r"^[A-Z]{3}$")
    customer_types: set[str] | Unknown | None = None
    type_basis: dict[str, TypeBasisFacts] | None = None
    done: list[DoneFacts] | None = None
    reopened_at: AwareDatetime | Unknown | None = None
    pauses: list[PauseFacts] | Unknown | None = None
    pending_on: Literal["company", "customer", "third_party", "unknown"] | None = None
    pending_since: AwareDatetime | Unknown | None = None
    promises: list[PromiseFacts] | Unknown | None = None
    accepted: set[str] | Unknown | None = None
    entitlement: EntitlementFacts | None = None
    demand: ClaimFacts | None = None
    amount_paid: Amount | Unknown | None = None
    voluntary_given: Amount | Unknown | None = None

    def facts(self) -> dict[str, Any]:
        """Return the facts that were given, as `read_state` takes them."""
        return self.model_dump(exclude_unset=True, by_alias=True)
