"""What a person is told when an endpoint fails."""

from __future__ import annotations

import io
import socket
import ssl
import subprocess
from pathlib import Path
from urllib.request import Request

import pytest

from spnr_graph.errors import QueryError, SpnrError, StoreError
from spnr_graph.store import open_store
from spnr_graph.store.failures import broken
from spnr_graph.store.remote import RemoteStore
from tests import needs
from tests.faults import (
    FALSE,
    JSON,
    ONE_ROW,
    TRUE,
    Answer,
    Exchange,
    cuts_chunks,
    dribbles,
    dribbles_headers,
    hangs_up,
    says,
    script,
    sleeps,
)
from tests.stores import G1, held, lines, nt, question

SELECT = question("SELECT ?s { ?s ?p ?o }")
LONG = ONE_ROW + b" " * 200
PAGE = b"<!DOCTYPE html><html><head><title>Portail</title></head></html>"


class Naps:
    """A sleep that only remembers."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


def failure(*answers: Answer, timeout: float = 5.0) -> SpnrError:
    """Return what reading one SELECT raises when the endpoint answers so."""
    with script(*answers) as server:
        store = RemoteStore(server.url, timeout=timeout, sleep=Naps())
        with pytest.raises(SpnrError) as caught:
            store.select(SELECT).table()
    error = caught.value.with_traceback(None)
    where = f"{server.url}/query"
    assert isinstance(error, QueryError) or (where in error.fr and where in error.en)
    return error


@pytest.mark.parametrize(
    ("answer", "fr", "en"),
    [
        (sleeps, "n'a pas fini de répondre en 0.3 s", "did not finish its answer"),
        (dribbles, "accordez plus de temps", "within 0.3 s"),
        (dribbles_headers, "Simplifiez la demande", "allow more time"),
    ],
)
def test_a_slow_endpoint_is_given_up_at_the_time_limit(
    answer: Answer, fr: str, en: str
) -> None:
    error = failure(answer, timeout=0.3)

    assert fr in error.fr
    assert en in error.en


@pytest.mark.parametrize(
    ("answer", "fr", "en"),
    [
        (
            says(500, b"Out of memory", "text/plain"),
            "répond 500 : le serveur a échoué. Réessayez plus tard, ou prévenez son "
            "responsable. Il dit : « Out of memory ».",
            "answers 500: the server failed. Try again later, or tell the people who "
            'run it. It says: "Out of memory".',
        ),
        (
            says(401),
            "répond 401 : il faut s'identifier. Écrivez l'adresse sous la forme "
            "https://utilisateur:motdepasse@hôte/….",
            "answers 401: credentials are needed. Write the address as "
            "https://user:password@host/….",
        ),
        (says(403), "l'accès est interdit", "access is forbidden"),
        (says(404), "il n'y a rien à cette adresse", "nothing at this address"),
        (says(413), "trop longue pour ce serveur", "too long for this server"),
        (says(414), "trop longue pour ce serveur", "too long for this server"),
        (
            says(302, Location="http://127.0.0.1:1/sparql"),
            "renvoie vers http://127.0.0.1:1/sparql. Si cette adresse est la bonne, "
            "donnez-la directement.",
            "redirects to http://127.0.0.1:1/sparql. If that is the right address, "
            "give it directly.",
        ),
        (says(308, Location="/query"), "renvoie vers /query", "redirects to /query"),
        (
            says(200, PAGE, "text/html"),
            "répond par une page HTML, pas par une réponse SPARQL : « <!DOCTYPE html>",
            "Give the address of the SPARQL endpoint itself.",
        ),
        (says(200, PAGE, JSON), "une page HTML", "an HTML page"),
        (
            says(200, b"bonjour", "text/plain"),
            "répond par du « text/plain »",
            "answers with 'text/plain'",
        ),
        (says(200, b"?", ""), "du « type inconnu »", "an unknown type"),
        (
            says(200, LONG, Content_Length=str(len(LONG) + 10)),
            "a interrompu sa réponse avant la fin",
            "stopped before the end of its answer",
        ),
        (cuts_chunks, "a interrompu sa réponse", "stopped before the end"),
        (
            says(200, ONE_ROW[:-4]),
            "une réponse incomplète ou mal formée",
            "an incomplete or malformed answer",
        ),
        (
            says(200, ONE_ROW[:-30] + b"\nThe query timed out"),
            "une réponse incomplète ou mal formée",
            "an incomplete or malformed answer",
        ),
        (says(200, b""), "incomplète", "Unexpected end of file"),
        (says(200, TRUE), "mal formée (boolean)", "malformed answer (boolean)"),
        (
            says(200, ONE_ROW, X_SPARQL_MaxRows="1"),
            "n'a donné qu'une partie de la réponse (limite du serveur : 1)",
            "gave only a part of the answer (limit of the server: 1)",
        ),
        (
            says(400, b"error at 1:6", "text/plain"),
            "refusée par le moteur (error at 1:6)",
            "refused by the engine (error at 1:6)",
        ),
    ],
)
def test_a_bad_answer_is_told(answer: Answer, fr: str, en: str) -> None:
    error = failure(answer)

    assert fr in error.fr
    assert en in error.en


def test_rows_before_a_cut_are_given_and_then_the_cut_is_told() -> None:
    row = b'{"s":{"type":"uri","value":"urn:a"}}'
    start = b'{"head":{"vars":["s"]},"results":{"bindings":['
    body = start + b",".join([row] * 3000) + b"," + row[:10]
    answer = says(200, body, Content_Length=str(len(body) + 100))

    with script(answer) as server, open_store(server.url) as store:
        rows = store.select(SELECT).rows
        seen = [next(rows) for _ in range(100)]
        with pytest.raises(StoreError, match="stopped before the end"):
            list(rows)

    assert len(seen) == 100


def test_write_tells_a_cut_too() -> None:
    answers = (
        says(200, ONE_ROW[:-4]),
        says(200, b"<urn:a> <urn:b> <urn", "application/n-triples"),
        says(200, b"<urn:a> <urn:b> <urn:c> .\nTimeout", "application/n-triples"),
    )
    construct = question("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    with script(*answers) as server, open_store(server.url) as store:
        with pytest.raises(StoreError, match="incomplete or malformed"):
            store.write(SELECT, io.BytesIO(), "csv")
        with pytest.raises(StoreError, match="incomplete or malformed"):
            store.write(construct, io.BytesIO(), "ntriples")
        with pytest.raises(StoreError, match="incomplete or malformed"):
            store.construct(construct)


def test_an_answer_to_ask_that_is_no_boolean_is_told() -> None:
    answers = (says(200, ONE_ROW), says(200, b'{"head":{},"boolean":tr'))
    ask = question("ASK { ?s ?p ?o }")
    with script(*answers) as server, open_store(server.url) as store:
        for _ in answers:
            with pytest.raises(StoreError, match="incomplete or malformed"):
                store.ask(ask)


@pytest.mark.parametrize("passing", [says(502), says(503), says(504), hangs_up])
def test_a_read_is_tried_again_when_the_failure_may_pass(passing: Answer) -> None:
    naps = Naps()
    with script(passing, passing, says(200, ONE_ROW)) as server:
        store = RemoteStore(server.url, sleep=naps)
        assert len(store.select(SELECT).table()) == 1

    assert naps.taken == [0.5, 1.0]
    assert len(server.seen) == 4


def test_a_read_is_given_up_after_four_tries() -> None:
    naps = Naps()
    with script(says(503)) as server:
        store = RemoteStore(server.url, sleep=naps)
        with pytest.raises(StoreError, match="answers 503"):
            store.select(SELECT)

    assert naps.taken == [0.5, 1.0, 2.0]
    assert len(server.seen) == 5


def test_a_failure_that_will_not_pass_is_not_tried_again() -> None:
    naps = Naps()
    with script(says(500)) as server:
        store = RemoteStore(server.url, sleep=naps)
        with pytest.raises(StoreError, match="answers 500"):
            store.select(SELECT)

    assert (naps.taken, len(server.seen)) == ([], 2)


NT = "application/n-triples"


@pytest.mark.parametrize("options", ["", "/query#update=/update"])
def test_a_write_is_never_sent_twice(options: str) -> None:
    naps = Naps()
    with script(says(200, b"", NT), says(503)) as server:
        store = RemoteStore(server.url + options, sleep=naps)
        with pytest.raises(StoreError, match="answers 503"):
            store.replace(G1, nt("a p b"))

    assert naps.taken == []
    assert [exchange.command for exchange in server.seen[2:]] == [
        "POST" if options else "PUT"
    ]


def test_a_write_cut_off_says_that_its_outcome_is_unknown() -> None:
    with script(says(404), hangs_up) as server:
        store = RemoteStore(server.url, sleep=Naps())
        with pytest.raises(StoreError, match="may or may not have happened") as caught:
            store.replace(G1, nt("a p b"))

    assert "vérifiez avec « spnr info »" in caught.value.fr
    assert server.seen[-1].body == b"".join(lines("a p b")).decode()


def test_malformed_triples_are_never_sent() -> None:
    with (
        script(says(404)) as server,
        open_store(server.url) as store,
        pytest.raises(StoreError, match="line 1"),
    ):
        store.replace(G1, io.BytesIO(b"oops\n"))

    assert {exchange.command for exchange in server.seen} == {"POST", "GET"}


def test_an_endpoint_that_is_down_is_told_with_what_to_do() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    naps = Naps()

    with pytest.raises(StoreError) as caught:
        RemoteStore(url, sleep=naps)

    assert caught.value.fr == (
        f"{url}/query ne répond pas : la connexion est refusée. "
        "Vérifiez l'adresse, et que le serveur est démarré."
    )
    assert caught.value.en == (
        f"{url}/query does not answer: the connection is refused. "
        "Check the address, and that the server is running."
    )
    assert naps.taken == [0.5, 1.0, 2.0]


def test_an_unknown_host_is_told() -> None:
    with pytest.raises(StoreError, match="host name is unknown") as caught:
        RemoteStore("http://nulle-part.invalid/sparql", sleep=Naps())

    assert "ce nom de machine est inconnu" in caught.value.fr


def test_something_that_does_not_speak_http_is_told() -> None:
    def mumbles(exchange: Exchange) -> None:
        exchange.wfile.write(b"SSH-2.0-OpenSSH\r\n")

    error = failure(mumbles)

    assert "ne parle pas HTTP" in error.fr
    assert "does not speak HTTP" in error.en


def test_a_certificate_that_nobody_trusts_is_told(tmp_path: Path) -> None:
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
    request = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
    ]
    files = ["-newkey", "rsa:2048", "-keyout", key, "-out", certificate, "-days", "1"]
    command = [needs.program("openssl"), *request, *files]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with script() as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        with pytest.raises(StoreError, match=r"secure connection \(TLS\)") as caught:
            RemoteStore(server.url.replace("http:", "https:"), sleep=Naps())

    assert "prévenez les responsables du serveur" in caught.value.fr


@pytest.mark.parametrize(
    "location",
    [
        "http://",
        "http://:80/sparql",
        "http://host:port/sparql",
        "https://secret:word@host:99999/sparql",
        "http://host/sparql#graph=x",
    ],
)
def test_a_bad_address_is_told_without_its_password(location: str) -> None:
    with pytest.raises(StoreError, match="is not the address") as caught:
        open_store(location)

    assert "n'est pas l'adresse d'un point d'accès SPARQL" in caught.value.fr
    assert "secret" not in caught.value.fr + caught.value.en


def test_credentials_are_sent_and_never_shown() -> None:
    with script(says(401)) as server:
        url = server.url.replace("//", "//agent:p%40sse@")
        store = RemoteStore(url)
        with pytest.raises(StoreError) as caught:
            store.select(SELECT)

    assert store.location == server.url
    assert "p@sse" not in repr(store._endpoint)
    assert "p@sse" not in caught.value.fr + caught.value.en
    sent = {exchange.headers["Authorization"] for exchange in server.seen}
    assert sent == {"Basic YWdlbnQ6cEBzc2U="}


def test_an_endpoint_without_addresses_to_write_is_read_only() -> None:
    with (
        script(says(200, TRUE)) as server,
        open_store(f"{server.url}/sparql") as store,
        pytest.raises(StoreError, match="add #store=URL") as caught,
    ):
        store.replace(G1, nt("a p b"))

    assert "est en lecture seule" in caught.value.fr
    assert [exchange.path for exchange in server.seen] == ["/sparql"]


def test_an_endpoint_without_union_is_sent_the_list_of_its_graphs() -> None:
    graphs = (
        b'{"head":{"vars":["g"]},"results":{"bindings":['
        b'{"g":{"type":"uri","value":"urn:g2"}},{"g":{"type":"uri","value":"urn:g1"}}]}}'
    )
    refuses = says(400, b"unknown parameter", "text/plain")
    answers = (says(200, TRUE), refuses, says(200, graphs), says(200, ONE_ROW))
    with script(*answers) as server:
        server.answers[0] = says(200, FALSE)
        with open_store(server.url) as store:
            assert len(store.select(SELECT).table()) == 1

    assert server.seen[2].form["union-default-graph"] == ["true"]
    assert server.seen[-1].form["default-graph-uri"] == ["urn:g1", "urn:g2"]
    assert server.seen[-1].form["named-graph-uri"] == ["urn:g1", "urn:g2"]


def test_a_probe_that_fails_is_told_at_opening() -> None:
    with script(says(200, TRUE), says(500)) as server:
        server.answers[0] = says(200, FALSE)
        with pytest.raises(StoreError, match="answers 500"):
            open_store(server.url)


def test_results_in_xml_are_read() -> None:
    xml = (
        b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        b'<head><variable name="s"/></head><results><result><binding name="s">'
        b"<uri>urn:a</uri></binding></result></results></sparql>"
    )
    answer = says(200, xml, "application/sparql-results+xml; charset=utf-8")
    with script(answer) as server, open_store(server.url) as store:
        assert [str(s) for (s,) in store.select(SELECT)] == ["urn:a"]


def test_a_turtle_answer_is_read() -> None:
    turtle = b"@prefix x: <urn:x:> . x:a x:b x:c , x:d ."
    construct = question("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    answer = says(200, turtle, "text/turtle")
    with script(answer) as server, open_store(server.url) as store:
        output = io.BytesIO()
        store.write(construct, output, "ntriples")
        assert len(store.construct(construct)) == 2

    assert output.getvalue() == (
        b"<urn:x:a> <urn:x:b> <urn:x:c> .\n<urn:x:a> <urn:x:b> <urn:x:d> .\n"
    )


def test_a_prefix_named_load_is_still_a_query(oxigraph_plain: str) -> None:
    text = "PREFIX load: <urn:load:> SELECT ?s { ?s load:x ?o }"

    with open_store(oxigraph_plain) as store:
        assert len(store.select(question(text)).table()) == 0


def test_an_endpoint_that_can_only_update_holds_the_same(oxigraph_plain: str) -> None:
    with open_store(f"{oxigraph_plain}/query#update=/update") as store:
        store.replace(G1, nt("a p b", "a p c"))
        store.replace(G1, nt("a p c", "a p d"))
        assert held(store, G1) == lines("a p c", "a p d")
        store.drop(G1)


def test_the_end_of_an_output_is_not_blamed_on_the_endpoint() -> None:
    class Closed(io.BytesIO):
        def write(self, data: object) -> int:
            raise BrokenPipeError

    with (
        script(says(200, ONE_ROW)) as server,
        open_store(server.url) as store,
        pytest.raises(BrokenPipeError),
    ):
        store.write(SELECT, Closed(), "csv")


def test_a_refusal_whose_text_never_comes_is_still_told() -> None:
    def refuses(exchange: Exchange) -> None:
        exchange.send_response(500)
        exchange.send_header("Content-Length", "100")
        exchange.end_headers()
        exchange.wfile.write(b"Out")
        exchange.connection.shutdown(2)

    error = failure(refuses)

    assert "answers 500: the server failed." in error.en


def test_an_answer_cut_within_its_first_bytes_is_told() -> None:
    error = failure(says(200, b"", Content_Length="50"))

    assert "a interrompu sa réponse avant la fin" in error.fr


def test_a_dump_that_fails_is_told() -> None:
    with (
        script(says(500)) as server,
        open_store(server.url) as store,
        pytest.raises(StoreError, match="answers 500"),
    ):
        list(store.dump(G1))


def test_reading_all_of_a_body_gives_all() -> None:
    body = b"<urn:a> <urn:b> <urn:c> .\n" * 9000
    with script(says(200, body, NT)) as server, open_store(server.url) as store:
        assert b"".join(store.dump(G1)) == body
        with store._endpoint.http.read(Request(server.url)) as answer:
            assert answer.read() == body


def test_an_unreachable_network_is_told() -> None:
    error = broken("http://x", 1.0, OSError(101, "Network is unreachable"))

    assert error.fr == (
        "http://x est injoignable : [Errno 101] Network is unreachable (message du "
        "système). Vérifiez l'adresse et la connexion au réseau."
    )
