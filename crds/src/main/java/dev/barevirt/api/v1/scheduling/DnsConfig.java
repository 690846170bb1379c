package dev.barevirt.api.v1.scheduling;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Name servers and search domains. */
public record DnsConfig(
    @Doc("Addresses of name servers.") List<String> nameservers,
    @Doc("Search domains.") List<String> searches,
    @Doc("Options of the resolver.") List<Option> options) {
  public DnsConfig {
    nameservers = Frozen.list(nameservers);
    searches = Frozen.list(searches);
    options = Frozen.list(options);
  }

  /** An option of the resolver. */
  public record Option(
      @Doc("Its name.") @Nullable String name, @Doc("Its value.") @Nullable String value) {}
}
