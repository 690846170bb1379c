package dev.barevirt.launcher.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UnixSocketTest {
  private Path directory = Path.of("/");

  @BeforeEach
  void makeShortDirectory() throws IOException {
    directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    Files.deleteIfExists(directory.resolve("s"));
    Files.delete(directory);
  }

  @Test
  void onlyTheOwnerMayConnect() throws IOException {
    Path path = directory.resolve("s");
    try (OwnedFd socket = UnixSocket.listen(path);
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      assertThat(client.connect(UnixDomainSocketAddress.of(path))).isTrue();
      assertThat(FileStatus.of(socket).type()).isEqualTo(FileStatus.Type.SOCKET);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
      assertThat(client.write(ByteBuffer.wrap(new byte[1]))).isEqualTo(1);
    }
  }

  @Test
  void aPathInUseIsNotTakenOver() {
    Path path = directory.resolve("s");
    try (OwnedFd socket = UnixSocket.listen(path)) {
      assertThat(socket.number()).isPositive();
      assertThatThrownBy(() -> UnixSocket.listen(path))
          .hasMessage("cannot bind a socket to " + path + ": address already in use");
    }
  }

  @Test
  void thePathIsMeasuredInBytes() {
    Path tooLong = directory.resolve("ü".repeat(60));

    assertThatThrownBy(() -> UnixSocket.listen(tooLong))
        .isInstanceOf(OsException.class)
        .hasMessageEndingWith("bytes long, and Linux allows 107: choose a shorter directory");
  }

  @Test
  void aPairIsConnected() {
    try (UnixSocket.Pair pair = UnixSocket.pair()) {
      RawBytes.write(pair.left(), "hello".getBytes(StandardCharsets.UTF_8));

      assertThat(new String(RawBytes.read(pair.right(), 100), StandardCharsets.UTF_8))
          .isEqualTo("hello");
    }
  }
}
