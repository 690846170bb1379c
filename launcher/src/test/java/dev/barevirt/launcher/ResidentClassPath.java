package dev.barevirt.launcher;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of a resident launcher, found through a resource of each of its parts: the test's
 * own class path has more on it, and under some runners is no property at all.
 */
public final class ResidentClassPath {
  private static final List<String> PARTS =
      List.of(
          "dev/barevirt/launcher/LauncherMain.class",
          "dev/barevirt/qmp/QmpClient.class",
          "dev/barevirt/api/launcher/GuestRequest.class",
          "io/netty/buffer/ByteBuf.class",
          "io/netty/util/concurrent/Future.class",
          "io/netty/channel/IoHandle.class",
          "io/netty/resolver/AddressResolver.class",
          "io/netty/channel/epoll/EpollIoHandler.class",
          "io/netty/channel/unix/FileDescriptor.class",
          "META-INF/native/libnetty_transport_native_epoll_%s.so",
          "com/fasterxml/jackson/core/JsonFactory.class",
          "org/jspecify/annotations/Nullable.class",
          "org/slf4j/Logger.class",
          "org/slf4j/simple/SimpleLogger.class");

  private ResidentClassPath() {}

  static String find() {
    return findWith(List.of());
  }

  /** The same with the parts that have these resources. */
  public static String findWith(List<String> more) {
    return Stream.concat(PARTS.stream(), more.stream())
        .map(part -> part.formatted(architecture()))
        .map(ResidentClassPath::rootOf)
        .distinct()
        .collect(Collectors.joining(":"));
  }

  private static String architecture() {
    return System.getProperty("os.arch", "").equals("aarch64") ? "aarch_64" : "x86_64";
  }

  private static String rootOf(String resource) {
    URL found = ResidentClassPath.class.getClassLoader().getResource(resource);
    if (found == null) {
      throw new AssertionError(resource + " is not on the class path");
    }
    String text = found.toString();
    String root = text.substring(0, text.length() - resource.length());
    String plain = root.startsWith("jar:") ? root.substring(4, root.length() - 2) : root;
    return Path.of(URI.create(plain)).toString();
  }
}
