package dev.barevirt.api.v1.status;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** The operating system in the guest, as its agent tells. */
public record GuestOsInfo(
    @Doc("Its name.") @Nullable String name,
    @Doc("The kernel's release.") @Nullable String kernelRelease,
    @Doc("Its version for people.") @Nullable String version,
    @Doc("Its name for people.") @Nullable String prettyName,
    @Doc("Its version for programs.") @Nullable String versionId,
    @Doc("The kernel's version.") @Nullable String kernelVersion,
    @Doc("The guest's architecture.") @Nullable String machine,
    @Doc("Its name for programs.") @Nullable String id) {}
