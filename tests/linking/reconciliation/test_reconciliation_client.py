"""A client that others wrote (`reconciler` from PyPI, with pandas) against a service that runs."""

import numpy as np
import pandas as pd
import pytest

from support import Service

AUTHORITY = "https://w3id.org/fsp/id/local-authority/"
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword")  # the client was written for an older pandas
NAMES = {
    "LB of Camden": "CMD",
    "Cyngor Sir Gâr": "CMN",
    "City of Lincoln": "LIC",
    "Notts CC": "NTT",
    "Shepway DC": "SHE",
    "Barnet LBC": "BNE",
    "Taunton Deane BC": "TAU",
    "N. Ayrshire Council": "NAY",
    "B&NES Council": "BAS",
    "E06000001": "HPL",
    "Newcastle-under-Lyme B.C.": "NEC",
    "Derry & Strabane": "DRS",
}


@pytest.fixture(autouse=True)
def former_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give numpy the name that it had before version 2, which the client uses where a name has no candidate."""
    monkeypatch.setattr(np, "NaN", np.nan, raising=False)


def test_a_client_from_pypi_matches_messy_names(service: Service) -> None:
    """In batches of ten, as it sends them: each is matched with the right council."""
    reconciler = pytest.importorskip("reconciler")
    found = reconciler.reconcile(
        pd.Series(list(NAMES)),
        type_id="http://www.w3.org/ns/org#FormalOrganization",
        reconciliation_endpoint=f"{service.url}/reconcile",
    )

    assert dict(zip(found["input_value"], found["id"], strict=True)) == {
        name: AUTHORITY + code for name, code in NAMES.items()
    }
    assert found["match"].all()
    assert set(found["type_id"]) == {"http://www.w3.org/ns/org#FormalOrganization"}


def test_it_narrows_by_properties_and_shows_all(service: Service) -> None:
    """A column with a day tells a council from its successor; a name with no candidate has none."""
    reconciler = pytest.importorskip("reconciler")
    names, days = pd.Series(["Somerset", "zzzzzz"]), pd.Series(["2012-04-01", "2012-04-01"])
    found = reconciler.reconcile(
        names, top_res="all", property_mapping={"date": days}, reconciliation_endpoint=f"{service.url}/reconcile"
    )

    somerset = found[found["input_value"] == "Somerset"].iloc[0]
    assert (somerset["id"], somerset["match"]) == (AUTHORITY + "SOM", True)
    assert found[found["input_value"] == "zzzzzz"]["id"].isna().all()
