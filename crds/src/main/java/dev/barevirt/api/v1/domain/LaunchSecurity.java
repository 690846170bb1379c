package dev.barevirt.api.v1.domain;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** Protection of the guest's memory from its host: one of the kinds. */
public record LaunchSecurity(
    @Doc("AMD SEV or SEV-ES.") @Nullable Sev sev,
    @Doc("AMD SEV-SNP.") @Nullable Snp snp,
    @Doc("Intel TDX.") @Nullable Tdx tdx) {
  /** AMD SEV or SEV-ES. */
  public record Sev(
      @Doc("What the guest's owner demands.") @Nullable SevPolicy policy,
      @Doc("Waits for attestation before it runs.") @Nullable SevAttestation attestation,
      @Doc("The session of the guest's owner, in base64.") @Nullable String session,
      @Doc("The key of the guest's owner, in base64.") @Nullable String dhCert) {}

  /** What the guest's owner demands. */
  public record SevPolicy(
      @Doc("Whether registers are encrypted too.") @Nullable Boolean encryptedState) {}

  /** Nothing to choose. */
  public record SevAttestation() {
    /** Nothing said. */
    public static final SevAttestation EMPTY = new SevAttestation();
  }

  /** Nothing to choose. */
  public record Snp() {
    /** Nothing said. */
    public static final Snp EMPTY = new Snp();
  }

  /** Nothing to choose. */
  public record Tdx() {
    /** Nothing said. */
    public static final Tdx EMPTY = new Tdx();
  }
}
