package dev.barevirt.launcher.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.qmp.wire.OwnedFd;
import org.junit.jupiter.api.Test;

class DescriptorShelfTest {
  private final Pipe pipe = Pipe.open();

  @Test
  void anOpenFileIsTakenOnce() {
    try (DescriptorShelf shelf = new DescriptorShelf()) {
      shelf.put("tap", pipe.reader());

      assertThat(shelf.take("other")).isEmpty();
      assertThat(shelf.take("tap")).contains(pipe.reader());
      assertThat(shelf.take("tap")).isEmpty();
      pipe.close();
    }
  }

  @Test
  void whatIsReplacedOrLeftIsClosed() {
    try (DescriptorShelf shelf = new DescriptorShelf()) {
      shelf.put("tap", pipe.reader());
      shelf.put("tap", pipe.writer());
      assertClosed(pipe.reader());
    }
    assertClosed(pipe.writer());
  }

  private static void assertClosed(OwnedFd fd) {
    assertThatThrownBy(fd::number).isInstanceOf(IllegalStateException.class);
  }
}
