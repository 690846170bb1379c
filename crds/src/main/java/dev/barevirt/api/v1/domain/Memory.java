package dev.barevirt.api.v1.domain;

import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** The guest's memory. */
public record Memory(
    @Doc("Backs the memory with huge pages.") @Nullable Hugepages hugepages,
    @Doc("How much the guest sees.") @Nullable Quantity guest,
    @Doc("The most the guest can grow to while it runs.") @Nullable Quantity maxGuest,
    @Doc("More memory for the hypervisor itself.") @Nullable ReservedOverhead reservedOverhead) {
  /** Nothing said. */
  public static final Memory EMPTY = new Memory(null, null, null, null);

  /** The same with another {@code guest}. */
  public Memory withGuest(@Nullable Quantity guest) {
    return new Memory(hugepages, guest, maxGuest, reservedOverhead);
  }

  /** The same with another {@code maxGuest}. */
  public Memory withMaxGuest(@Nullable Quantity maxGuest) {
    return new Memory(hugepages, guest, maxGuest, reservedOverhead);
  }

  /** Huge pages of the host. */
  public record Hugepages(
      @Doc("The size of one page, such as 2Mi or 1Gi.") @Nullable String pageSize) {}

  /** Memory for the hypervisor itself. */
  public record ReservedOverhead(
      @Doc("How much is added to what is reckoned.") @Nullable Quantity addedOverhead,
      @Doc("Whether memory must be lockable.") @Allowed({"Required", "NotRequired"})
          @Nullable String memLock) {}
}
