package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.domain.Memory;
import dev.barevirt.api.v1.domain.Resources;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Memory: that there is some, and that its sizes fit each other. */
final class MemoryRule implements VmiRule {
  private static final long SMALLEST = 1_000_000;
  private static final long HOTPLUG_BLOCK = 2L << 20;

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    FieldPath domain = at.field("domain");
    Resources resources =
        spec.domain().resources() == null ? Resources.EMPTY : spec.domain().resources();
    Memory memory = spec.domain().memory() == null ? Memory.EMPTY : spec.domain().memory();
    FieldPath requests = domain.field("resources").field("requests").field("memory");
    FieldPath limits = domain.field("resources").field("limits").field("memory");
    Quantity request = resources.requests().get("memory");
    Quantity limit = resources.limits().get("memory");
    large(request, requests, found);
    large(limit, limits, found);
    large(memory.guest(), domain.field("memory").field("guest"), found);
    if (request == null && limit == null && memory.guest() == null && pages(memory).isEmpty()) {
      found.add(
          new Violation(
              "",
              Violation.REQUIRED,
              "no memory requested, at least one of '%s', '%s' or '%s' must be set"
                  .formatted(
                      domain.field("memory").field("guest"),
                      domain.field("memory").field("hugepages").field("pageSize"),
                      requests)));
    }
    if (request != null && limit != null && request.compareTo(limit) > 0) {
      found.invalid(requests, tooMuch(requests, request, limits, limit));
    }
    if (memory.guest() != null && limit != null && memory.guest().compareTo(limit) > 0) {
      FieldPath guest = domain.field("memory").field("guest");
      found.invalid(guest, tooMuch(guest, memory.guest(), limits, limit));
    }
    hugepages(memory, request, domain, found);
    growth(spec, memory, domain, found);
  }

  private static void large(@Nullable Quantity amount, FieldPath path, Findings found) {
    if (amount == null) {
      return;
    }
    if (amount.amount().signum() < 0) {
      found.invalid(path, path + " '" + amount + "': must be greater than or equal to 0.");
    } else if (amount.bytes() < SMALLEST) {
      found.invalid(path, path + " '" + amount + "': must be greater than or equal to 1M.");
    }
  }

  private static String tooMuch(FieldPath what, Quantity much, FieldPath most, Quantity limit) {
    return "%s '%s' is greater than %s '%s'".formatted(what, much, most, limit);
  }

  private static Optional<String> pages(Memory memory) {
    return Optional.ofNullable(memory.hugepages()).map(Memory.Hugepages::pageSize);
  }

  private static void hugepages(
      Memory memory, @Nullable Quantity request, FieldPath domain, Findings found) {
    if (memory.hugepages() == null) {
      return;
    }
    FieldPath path = domain.field("memory").field("hugepages").field("pageSize");
    String written = pages(memory).orElse("");
    Quantity page = Quantity.parse(written).filter(Quantity::isPositive).orElse(null);
    if (page == null) {
      found.invalid(path, path + " '" + Words.shown(written) + "' is not a size of pages");
      return;
    }
    FieldPath requests = domain.field("resources").field("requests").field("memory");
    whole(request, page, requests, path, found);
    if (!Objects.equals(memory.guest(), request)) {
      whole(memory.guest(), page, domain.field("memory").field("guest"), path, found);
    }
  }

  private static void whole(
      @Nullable Quantity amount, Quantity page, FieldPath what, FieldPath pages, Findings found) {
    if (amount == null) {
      return;
    }
    if (amount.compareTo(page) < 0) {
      found.invalid(
          what,
          "%s '%s' must be equal to or larger than page size %s '%s'"
              .formatted(what, amount, pages, page));
    } else if (amount.bytes() % page.bytes() != 0) {
      found.invalid(
          what,
          "%s '%s' is not a multiple of the page size %s '%s'"
              .formatted(what, amount, pages, page));
    }
  }

  private static void growth(
      VirtualMachineInstanceSpec spec, Memory memory, FieldPath domain, Findings found) {
    Quantity most = memory.maxGuest();
    if (most == null) {
      return;
    }
    FieldPath path = domain.field("memory").field("maxGuest");
    if (memory.guest() != null && memory.guest().compareTo(most) > 0) {
      found.invalid(
          domain.field("memory").field("guest"),
          tooMuch(domain.field("memory").field("guest"), memory.guest(), path, most));
    }
    if (most.bytes() % HOTPLUG_BLOCK != 0) {
      found.invalid(path, "maxGuest must be a multiple of 2Mi");
    }
    if (spec.architecture() != null
        && !spec.architecture().isEmpty()
        && !spec.architecture().equals("amd64")) {
      found.invalid(path, "memory can only be plugged in on amd64");
    }
    var cpu = spec.domain().cpu();
    if (cpu != null && cpu.realtime() != null) {
      found.invalid(path, "memory cannot be plugged into a realtime machine");
    }
    if (cpu != null && cpu.numa() != null && cpu.numa().guestMappingPassthrough() != null) {
      found.invalid(path, "memory cannot be plugged in with guestMappingPassthrough");
    }
    if (spec.domain().launchSecurity() != null) {
      found.invalid(path, "memory cannot be plugged in with launchSecurity");
    }
  }
}
