package dev.barevirt.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpFrontTest {
  private static TestFront front;

  @BeforeAll
  static void open() {
    front = new TestFront();
  }

  @AfterAll
  static void close() {
    front.close();
  }

  @Test
  void takesBodiesOfAnyMethodAndType() throws Exception {
    front.answer(
        request ->
            Answer.json(
                202, request.method() + " " + request.query() + " " + request.body().text()));

    assertThat(front.sent("PUT", "/a?b=%2Fc", "")).isEqualTo("202 application/json PUT b=%2Fc ");
    assertThat(front.sent("PUT", "/a", "{}")).isEqualTo("202 application/json PUT  {}");
    assertThat(front.sent("GET", "/a", "{}")).isEqualTo("202 application/json GET  {}");
  }

  @Test
  void clientsAreToldNotToGuessTypes() throws Exception {
    front.answer(_ -> new Answer.Whole(200, "image/png", Payload.of("<html>")));

    assertThat(front.raw("GET / HTTP/1.1"))
        .containsIgnoringCase("x-content-type-options: nosniff\r\n")
        .containsIgnoringCase("content-type: image/png\r\n");
  }

  @Test
  void doesNotDecodePaths() throws Exception {
    front.answer(request -> Answer.text(200, request.path()));

    assertThat(front.raw("GET /a%2Fb/../c//d HTTP/1.1")).contains("/a%2Fb/../c//d");
  }

  @Test
  void aBodyThatIsTooLargeIsNotTaken() throws Exception {
    front.answer(_ -> Answer.empty(200));

    assertThat(front.sent("PUT", "/", "x".repeat(TestFront.LARGEST))).startsWith("200");
    assertThat(front.sent("PUT", "/", "x".repeat(TestFront.LARGEST + 1))).startsWith("413");
  }

  @Test
  void aFailureIsToldWithoutItsReason() throws Exception {
    front.answer(
        _ -> {
          throw new HttpException("a secret");
        });

    assertThat(front.sent("GET", "/", "")).startsWith("500").doesNotContain("secret");
  }

  @Test
  void showsHandlersWhatClientsShow() throws Exception {
    front.answer(
        request ->
            Answer.text(
                200,
                request.clientChain().isEmpty()
                    ? "nobody"
                    : CertificateChains.commonName(request.clientChain().getFirst())));

    assertThat(front.sent("GET", "/", "")).contains("nobody");
    try (HttpClient client = front.client(List.of(TestFront.FRIEND))) {
      assertThat(client.send(front.request("GET", "/", ""), BodyHandlers.ofString()).body())
          .isEqualTo("friend");
    }
  }

  @Test
  void aRenewedCertificateIsShownToTheNextClient() throws Exception {
    assertThat(nameShown()).isEqualTo("CN=server");
    front.show(Certificates.shared().identity("renewed server"));
    assertThat(nameShown()).isEqualTo("CN=renewed server");
    front.showFirst();
  }

  @Test
  void aRefusedStreamHasAnAnswerWithABody() throws Exception {
    front.answer(_ -> Answer.json(400, "{\"message\":\"no\"}"));

    assertThat(front.raw(TestFront.upgrade().strip()))
        .startsWith("HTTP/1.1 400")
        .endsWith("{\"message\":\"no\"}");
  }

  private static String nameShown() throws Exception {
    try (HttpClient client = front.client(List.of())) {
      return client
          .send(front.request("GET", "/", ""), BodyHandlers.discarding())
          .sslSession()
          .orElseThrow()
          .getPeerPrincipal()
          .getName();
    }
  }
}
