package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What connections must offer. */
public record TlsConfiguration(
    @Doc("The oldest version of TLS; VersionTLS12 when absent.")
        @Allowed(
            value = {"VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13"},
            others = Allowed.Others.REFUSED)
        @Nullable String minTLSVersion,
    @Doc("The ciphers, by OpenSSL's or IANA's names; not with VersionTLS13.")
        List<String> ciphers) {
  public TlsConfiguration {
    ciphers = Frozen.list(ciphers);
  }
}
