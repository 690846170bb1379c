package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.LauncherCommand.AgentFileClose;
import dev.barevirt.api.launcher.LauncherCommand.AgentFileOpen;
import dev.barevirt.api.launcher.LauncherCommand.AgentFileRead;
import dev.barevirt.api.launcher.LauncherCommand.AgentFileWrite;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;

/** Files of the guest, read and written piece by piece through its agent. */
public final class GuestFiles {
  private static final int PIECE = 256 << 10;

  private final Resident resident;

  /** Files of the guest of that launcher. */
  public GuestFiles(Resident resident) {
    this.resident = resident;
  }

  /** Copies a file of this host into the guest. */
  public void send(Path local, String inGuest) throws InterruptedException {
    try (InputStream in = Files.newInputStream(local)) {
      long handle = resident.call(new AgentFileOpen(inGuest, "wb")).handle();
      try {
        for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
          resident.call(new AgentFileWrite(handle, Base64.getEncoder().encodeToString(piece)));
        }
      } finally {
        resident.call(new AgentFileClose(handle));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + local, e);
    }
  }

  /** Copies a file of the guest to this host; the file appears when it is whole. */
  public void fetch(String inGuest, Path local) throws InterruptedException {
    long handle = resident.call(new AgentFileOpen(inGuest, "rb")).handle();
    Path partial = local.resolveSibling(local.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(partial)) {
        AgentFileRead.Piece piece;
        do {
          piece = resident.call(new AgentFileRead(handle, PIECE));
          out.write(Base64.getDecoder().decode(piece.data()));
        } while (!piece.end());
      }
      Files.move(partial, local, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + local, e);
    } finally {
      resident.call(new AgentFileClose(handle));
      delete(partial);
    }
  }

  private static void delete(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + partial, e);
    }
  }
}
