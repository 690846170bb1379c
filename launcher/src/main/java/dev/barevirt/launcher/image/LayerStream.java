package dev.barevirt.launcher.image;

import dev.barevirt.launcher.os.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Opens layers, however they are compressed. Zstandard is left to the program of that name, which
 * the JDK has no counterpart of.
 *
 * @param programs where it is looked for
 */
record LayerStream(Programs programs) {
  private static final int BUFFER = 64 * 1024;

  /** Works on an uncompressed layer. */
  @FunctionalInterface
  interface Work {
    /** Reads as much of it as it needs. */
    void on(InputStream tar) throws IOException;
  }

  /** Uncompresses a layer for some work, and checks its digest when that is done. */
  void read(VerifiedStream blob, String mediaType, Work work) throws IOException {
    if (mediaType.endsWith(".tar")) {
      work.on(blob);
      blob.verify();
    } else if (mediaType.endsWith(".tar.gzip") || mediaType.endsWith(".tar+gzip")) {
      try (InputStream tar = new GZIPInputStream(blob, BUFFER)) {
        work.on(tar);
        blob.verify();
      } catch (ZipException damaged) {
        throw ImageException.refused("the image is damaged: a layer is no gzip file");
      }
    } else if (mediaType.endsWith(".tar+zstd")) {
      readZstandard(blob, work);
    } else {
      throw ImageException.refused(
          "the image has a layer of type \"%s\", which is not supported"
              .formatted(ImagePath.shown(mediaType)));
    }
  }

  private void readZstandard(VerifiedStream blob, Work work) throws IOException {
    Path zstd =
        programs
            .find("zstd")
            .orElseThrow(
                () ->
                    new ImageException(
                        ImageException.Reason.TOOL_FAILED,
                        "the image has a layer compressed with zstd, and there is no zstd here"));
    Process program =
        new ProcessBuilder(List.of(zstd.toString(), "-dc", "--memory=256MB"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    CompletableFuture<Void> fed = new CompletableFuture<>();
    Thread.ofVirtual().name("zstd-input").start(() -> feed(blob, program.getOutputStream(), fed));
    try (InputStream tar = program.getInputStream()) {
      work.on(tar);
      tar.transferTo(OutputStream.nullOutputStream());
      fed.get();
      blob.verify();
      if (program.waitFor() != 0) {
        throw ImageException.refused("the image is damaged: zstd cannot unpack a layer");
      }
    } catch (ExecutionException failed) {
      throw new IOException("cannot read a layer", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while unpacking a layer", interrupted);
    } finally {
      program.destroyForcibly();
    }
  }

  private static void feed(InputStream from, OutputStream to, CompletableFuture<Void> done) {
    try (to) {
      from.transferTo(to);
      done.complete(null);
    } catch (IOException | ImageException failed) {
      done.completeExceptionally(failed);
    }
  }
}
