"""Distributions become deliveries: new, unchanged, or refused with a reason."""

from __future__ import annotations

import gzip
import hashlib
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from spnr_graph.distribution import Distribution
from spnr_graph.errors import DataError
from spnr_graph.harvest import Delivery, Reach, Seen, UnreachableError, fetch
from spnr_graph.read import Staging
from tests import needs
from tests.faults import Answer, Exchange, Script, hangs_up, says, script

CSV = b"nom;ville\nMaison;Dole\n"
TEXT = "text/csv"
NEAR = Reach(seconds=5.0, size=10_000)


@contextmanager
def web(*answers: Answer) -> Iterator[Script]:
    """Run a server that plays these answers and repeats the last one."""
    with script(*answers) as server:
        server.answers.pop(0)  # the one that opens a store
        yield server


def at(address: str, **said: str) -> Distribution:
    return Distribution(
        iri="https://w3id.org/spnr/graph/contribution/a/b#lieux",
        title="Lieux",
        kind="address",
        location=address,
        **{"format": "lieux", **said},
    )


def bring(
    address: str, *, pauses: list[float] | None = None, **more: object
) -> Delivery:
    said = {name: more.pop(name) for name in ("media_type", "sha256") if name in more}
    wait = pauses.append if pauses is not None else time.sleep
    options = {"reach": NEAR, "pause": wait, **more}
    return fetch(at(address, **said), **options)


def body(delivery: Delivery) -> bytes:
    with delivery.material.open() as stream:
        return stream.read()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# --- Addresses ------------------------------------------------------------------------


def test_a_first_delivery_is_fresh_and_remembers_its_version() -> None:
    dated = "Wed, 01 Apr 2026 08:00:00 GMT"
    with web(says(200, CSV, TEXT, ETag='"v1"', Last_Modified=dated)) as server:
        delivery = bring(f"{server.url}/donn%C3%A9es/lieux.csv?x=1")

        assert delivery.state == "fresh"
        assert delivery.attempts == 1
        assert delivery.seen == Seen(
            etag='"v1"', last_modified=dated, sha256=sha256(CSV), bytes=len(CSV)
        )
        assert delivery.material.name == "lieux.csv"
        assert delivery.material.media_type == TEXT
        assert delivery.material.syntax == ""
        assert body(delivery) == body(delivery) == CSV
        delivery.close()
        assert "If-None-Match" not in server.seen[0].headers


def test_what_did_not_change_is_not_sent_again() -> None:
    seen = Seen(etag='W/"v1"', last_modified="then", sha256="aa", bytes=2)
    with web(says(304)) as server:
        delivery = bring(server.url, seen=seen)

        assert delivery == Delivery(
            state="unchanged", material=None, seen=seen, attempts=1
        )
        assert server.seen[0].headers["If-None-Match"] == 'W/"v1"'
        assert server.seen[0].headers["If-Modified-Since"] == "then"
        delivery.close()


def test_not_modified_without_a_condition_is_no_delivery() -> None:
    with web(says(304)) as server, pytest.raises(UnreachableError, match="answers 304"):
        bring(server.url)


def test_a_new_tag_on_the_same_bytes_changes_nothing_but_the_tag() -> None:
    seen = Seen(etag='"v1"', sha256=sha256(CSV), bytes=len(CSV))
    with web(says(200, CSV, TEXT, ETag='"v2"')) as server:
        delivery = bring(server.url, seen=seen)

    assert delivery.state == "unchanged"
    assert delivery.seen == Seen(etag='"v2"', sha256=sha256(CSV), bytes=len(CSV))
    assert body(delivery) == CSV
    delivery.close()


@pytest.mark.parametrize(
    ("said", "accept"),
    [
        ({"format": "lieux"}, "*/*"),
        ({"media_type": "text/csv"}, "text/csv, */*;q=0.1"),
        ({"format": ""}, "text/turtle, application/trig, "),
    ],
    ids=["table", "media-type", "rdf"],
)
def test_what_is_asked_for_is_what_the_catalogue_says(
    said: dict[str, str], accept: str
) -> None:
    with web(says(200, CSV, TEXT)) as server:
        fetch(at(server.url, **said), reach=NEAR).close()

        assert server.seen[0].headers["Accept"].startswith(accept)


def test_rdf_is_read_as_its_media_type_says_against_its_last_address() -> None:
    turtle = says(200, b"<> <p> <o> .", "text/turtle; charset=utf-8")
    with web(says(302, Location="/plus/loin"), turtle) as server:
        place = at(f"{server.url}/x", format="")
        staging = Staging()

        with closing(fetch(place, reach=NEAR)) as delivery:
            staging.take([delivery.material], graph="urn:g")

        assert staging.ntriples("urn:g").read().decode() == (
            f"<{server.url}/plus/loin> <{server.url}/plus/p> <{server.url}/plus/o> .\n"
        )


def test_packed_for_the_way_is_unpacked_and_compared_unpacked() -> None:
    packed = [gzip.compress(CSV, mtime=time_) for time_ in (0, 1)]
    headers = {"Content_Encoding": "gzip"}
    with web(*(says(200, each, TEXT, **headers) for each in packed)) as server:
        first = bring(server.url)
        second = bring(server.url, seen=first.seen)

        assert server.seen[0].headers["Accept-Encoding"] == "gzip"
    assert packed[0] != packed[1]
    assert (first.state, second.state) == ("fresh", "unchanged")
    assert body(first) == body(second) == CSV
    first.close()
    second.close()


def test_what_was_packed_in_several_members_is_whole() -> None:
    long = b"0123456789" * 30_000
    packed = gzip.compress(long) + gzip.compress(CSV)
    with web(says(200, packed, TEXT, Content_Encoding="x-gzip")) as server:
        delivery = bring(server.url, reach=Reach(seconds=5, size=400_000))

    assert body(delivery) == long + CSV
    delivery.close()


# --- New attempts ---------------------------------------------------------------------


def resets(exchange: Exchange) -> None:
    """Break the connection with a reset."""
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    exchange.connection.close()


@pytest.mark.parametrize(
    "fault",
    [
        says(500),
        says(503),
        says(429),
        says(200, CSV, TEXT, Content_Length="500"),
        says(200, gzip.compress(CSV)[:-9], TEXT, Content_Encoding="gzip"),
        says(200, b"\x1f\x8b" + CSV, TEXT, Content_Encoding="gzip"),
        hangs_up,
        resets,
    ],
    ids=["500", "503", "429", "short", "half-gzip", "bad-gzip", "hung-up", "reset"],
)
def test_what_may_pass_is_tried_again_after_a_pause(fault: Answer) -> None:
    pauses: list[float] = []
    with web(fault, says(200, CSV, TEXT)) as server:
        delivery = bring(server.url, pauses=pauses)

    assert (delivery.state, delivery.attempts, pauses) == ("fresh", 2, [1.0])
    assert body(delivery) == CSV
    delivery.close()


def test_pauses_grow_and_attempts_end() -> None:
    pauses: list[float] = []
    with web(says(502)) as server, pytest.raises(UnreachableError) as caught:
        bring(server.url, pauses=pauses, attempts=4, reach=Reach(seconds=9, size=9))

    assert (len(server.seen), pauses) == (4, [1.0, 2.0, 4.0])
    assert caught.value.status == 502
    assert caught.value.fr == (
        f"{server.url} : le serveur répond 502 (Bad Gateway). Recommencer plus tard, "
        "ou prévenir ses responsables."
    )


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_final(status: int) -> None:
    with web(says(status)) as server, pytest.raises(UnreachableError) as caught:
        bring(server.url)

    assert (len(server.seen), caught.value.status) == (1, status)
    assert "Check the address in a browser." in caught.value.en


@pytest.mark.parametrize(
    ("header", "waited"),
    [
        ({"Retry_After": "3"}, [3.0]),
        ({"Retry_After": "0"}, [1.0]),
        (
            {
                "Date": "Wed, 01 Apr 2026 08:00:00 GMT",
                "Retry_After": "Wed, 01 Apr 2026 08:00:04 GMT",
            },
            [4.0],
        ),
        ({"Retry_After": "soon"}, [1.0]),
    ],
    ids=["seconds", "at-once", "date", "nonsense"],
)
def test_a_server_says_how_long_to_wait(
    header: dict[str, str], waited: list[float]
) -> None:
    def busy(exchange: Exchange) -> None:
        exchange.send_response_only(503)
        for name, value in {"Content_Length": "0", **header}.items():
            exchange.send_header(name.replace("_", "-"), value)
        exchange.end_headers()

    pauses: list[float] = []
    with web(busy, says(200, CSV, TEXT)) as server:
        bring(server.url, pauses=pauses).close()

    assert pauses == waited


@pytest.mark.parametrize(
    ("asked", "said"), [("3600", "wait for 3600 s"), ("30", "502")]
)
def test_nobody_waits_longer_than_the_limit(asked: str, said: str) -> None:
    pauses: list[float] = []
    answer = says(502, b"", TEXT, Retry_After=asked)
    with web(answer) as server, pytest.raises(UnreachableError, match=said):
        bring(server.url, pauses=pauses)

    assert (len(server.seen), pauses) == (1, [])


def test_a_server_that_is_down_is_unreachable_and_said() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}/x.csv"
    pauses: list[float] = []

    with pytest.raises(UnreachableError) as caught:
        bring(address, pauses=pauses)

    assert pauses == [1.0, 2.0]
    assert caught.value.status == 0
    assert caught.value.fr == (
        f"{address} : l'adresse ne répond pas (connexion refusée). Vérifier l'adresse "
        "et la connexion."
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://a..b/x",
        "http://[::1/x",
        "http://127.0.0.1:99999/",
        "https:///x",
        "http://h:0",
    ],
)
def test_what_only_looks_like_an_address_is_refused(address: str) -> None:
    with pytest.raises(DataError, match="this is no address") as caught:
        bring(address)

    assert not isinstance(caught.value, UnreachableError)


def test_an_address_may_hold_any_letter() -> None:
    with web(says(200, CSV, TEXT)) as server:
        bring(f"{server.url}/données 2026/é%20e.csv?q=ç&r=1#x").close()

        assert server.seen[0].path == (
            "/donn%C3%A9es%202026/%C3%A9%20e.csv?q=%C3%A7&r=1"
        )


# --- Limits ---------------------------------------------------------------------------


def drips(exchange: Exchange) -> None:
    """Send a byte now and then, for ever."""
    exchange.send_response(200)
    exchange.end_headers()
    try:
        for _ in range(100):
            exchange.wfile.write(b"#")
            time.sleep(0.05)
    except OSError:
        pass


def says_nothing(exchange: Exchange) -> None:
    """Let the client wait."""
    time.sleep(1.5)


@pytest.mark.parametrize(
    ("answer", "limit"),
    [(drips, "0.6"), (says_nothing, "0.2")],
    ids=["drip", "silence"],
)
def test_time_is_limited_over_all_the_attempts(answer: Answer, limit: str) -> None:
    began = time.monotonic()
    with web(answer) as server:
        with pytest.raises(UnreachableError, match=f"in full within {limit} s"):
            bring(server.url, reach=Reach(seconds=0.6, size=10_000))
        assert time.monotonic() - began < 2


def test_silence_is_tried_again_while_there_is_time() -> None:
    pauses: list[float] = []
    with web(says_nothing, says(200, CSV, TEXT)) as server:
        delivery = bring(server.url, pauses=pauses, reach=Reach(seconds=3, size=99))

    assert (delivery.attempts, pauses) == (2, [1.0])
    delivery.close()


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        (b"x" * 20_000, {}),
        (b"x", {"Content_Length": "20000"}),
        (gzip.compress(b"0" * 5_000_000), {"Content_Encoding": "gzip"}),
    ],
    ids=["sent", "announced", "bomb"],
)
def test_size_is_limited_as_unpacked(data: bytes, headers: dict[str, str]) -> None:
    with web(says(200, data, TEXT, **headers)) as server:
        with pytest.raises(DataError, match="larger than the limit of 10 kB") as caught:
            bring(server.url)
        assert len(server.seen) == 1
    assert not isinstance(caught.value, UnreachableError)


# --- What is not what it should be ----------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            says(200, b"\n<!DOCTYPE html><p>Oups", TEXT),
            "web page (often an error page)",
        ),
        (says(200, b"<div>Oups</div>", "text/html"), "web page (often an error page)"),
        (says(200, CSV, TEXT, Content_Encoding="br"), "packed in a way"),
    ],
    ids=["page", "fragment", "brotli"],
)
def test_what_is_no_data_is_refused_at_once(answer: Answer, said: str) -> None:
    with web(answer) as server, pytest.raises(DataError) as caught:
        bring(server.url)

    assert said in caught.value.en
    assert caught.value.fr.startswith(f"{server.url} : ")
    assert not isinstance(caught.value, UnreachableError)


def test_a_table_that_its_server_calls_a_page_is_still_a_table() -> None:
    with web(says(200, CSV, "text/html")) as server:
        delivery = bring(server.url)

    assert body(delivery) == CSV
    delivery.close()


def test_redirects_without_end_are_refused_once() -> None:
    with web(says(302, Location="/encore")) as server:
        with pytest.raises(UnreachableError, match="redirects without end"):
            bring(server.url)
        assert len(server.seen) <= 7


def test_the_checksum_of_the_catalogue_must_be_that_of_the_bytes() -> None:
    with web(says(200, CSV, TEXT)) as server:
        bring(server.url, sha256=sha256(CSV)).close()
        with pytest.raises(DataError) as caught:
            bring(server.url, sha256="0" * 64)

    assert f"is {sha256(CSV)[:12]}…, the catalogue announces 000000000000…" in (
        caught.value.en
    )


@contextmanager
def self_signed(folder: Path) -> Iterator[str]:
    """Run a server whose certificate nobody vouches for."""
    key, certificate = folder / "key.pem", folder / "cert.pem"
    command = [
        needs.program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes",
        "-days", "2", "-subj", "/CN=127.0.0.1",
        "-addext", "subjectAltName=IP:127.0.0.1",
        "-keyout", str(key), "-out", str(certificate),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = Script(("127.0.0.1", 0), Exchange)
    server.seen, server.answers = [], [says(200, CSV, TEXT)]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=ThreadingHTTPServer.serve_forever, args=(server,))
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}/x.csv"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_certificate_that_nobody_vouches_for_is_refused_once(tmp_path: Path) -> None:
    pauses: list[float] = []
    with self_signed(tmp_path) as address, pytest.raises(UnreachableError) as caught:
        bring(address, pauses=pauses)

    assert pauses == []
    assert "the certificate of the server is not trusted (self-signed" in str(
        caught.value
    )


# --- Files ----------------------------------------------------------------------------


def test_a_file_is_fresh_until_it_was_seen(tmp_path: Path) -> None:
    path = tmp_path / "lieux.csv"
    path.write_bytes(CSV)
    place = Distribution(iri="urn:d", title="Lieux", kind="file", location=str(path))

    first = fetch(place, reach=NEAR)
    again = fetch(place, seen=first.seen, reach=NEAR)

    assert (first.state, again.state) == ("fresh", "unchanged")
    assert first.seen == Seen(sha256=sha256(CSV), bytes=len(CSV))
    assert (first.material.label, first.material.name) == (str(path), "lieux.csv")
    first.close()
    again.close()


@pytest.mark.parametrize(
    ("name", "said"), [("absent.csv", "no such file"), (".", "cannot be read")]
)
def test_a_file_that_cannot_be_read_is_said(
    name: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    place = Distribution(iri="urn:d", title="Lieux", kind="file", location=str(path))

    with pytest.raises(DataError, match=said) as caught:
        fetch(place, reach=NEAR)

    assert "data/catalogue.ttl" in caught.value.fr
    assert not isinstance(caught.value, UnreachableError)
