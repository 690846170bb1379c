package dev.barevirt.agent.launcher;

import dev.barevirt.qmp.wire.ByteStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The streams that one launcher was asked for and has not dialled yet. */
final class StreamTokens {
  private static final int TOKEN_BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, CompletableFuture<ByteStream>> expected = new ConcurrentHashMap<>();

  /**
   * A stream that may be dialled from now on.
   *
   * @param token what it has to say
   * @param stream completed when it is there
   */
  record Expected(String token, CompletableFuture<ByteStream> stream) {}

  Expected expect() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    Expected made = new Expected(HexFormat.of().formatHex(bytes), new CompletableFuture<>());
    expected.put(made.token(), made.stream());
    return made;
  }

  /** Takes a token out: it is good once. */
  Optional<CompletableFuture<ByteStream>> claim(String token) {
    return Optional.ofNullable(expected.remove(token));
  }

  void forget(Expected gone) {
    expected.remove(gone.token());
  }
}
