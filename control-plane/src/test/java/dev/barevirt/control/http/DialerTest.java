package dev.barevirt.control.http;

import static dev.barevirt.control.http.TestFront.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DialerTest {
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
  void aDialerMeetsOnlyServersOfTheRoleItDials() {
    front.answer(request -> Answer.text(200, request.body().text()));
    Dialer.Server right = new Dialer.Server("127.0.0.1", front.port(), Set.of("server"));
    Dialer.Server wrong = new Dialer.Server("127.0.0.1", front.port(), Set.of("other"));

    assertThat(front.dialer().call(right, "PUT", "/", Payload.of("told"), PATIENCE).body().text())
        .isEqualTo("told");
    assertThatThrownBy(() -> front.dialer().call(wrong, "PUT", "/", Payload.EMPTY, PATIENCE))
        .isInstanceOf(HttpException.class)
        .hasMessageStartingWith("PUT / at 127.0.0.1: ");
  }

  @Test
  void aDialersRefusedStreamIsTheServersAnswer() {
    front.answer(_ -> Answer.json(503, "{\"message\":\"in use\"}"));
    Dialer.Server to = new Dialer.Server("127.0.0.1", front.port(), Set.of("server"));

    assertThat(front.dialer().stream(to, "/vnc", PATIENCE))
        .isInstanceOfSatisfying(
            Dialer.Dialled.Refused.class,
            refused -> {
              assertThat(refused.answer().code()).isEqualTo(503);
              assertThat(refused.answer().body().text()).isEqualTo("{\"message\":\"in use\"}");
            });
  }
}
