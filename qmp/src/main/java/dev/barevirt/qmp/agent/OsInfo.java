package dev.barevirt.qmp.agent;

/**
 * The guest's operating system, in its own words; what it does not tell is "".
 *
 * @param kernelRelease the kernel's release
 * @param kernelVersion the kernel's version
 * @param machine the architecture
 * @param id the system's short name
 * @param name the system's name
 * @param prettyName the name for people
 * @param version its version for people
 * @param versionId its version
 */
public record OsInfo(
    String kernelRelease,
    String kernelVersion,
    String machine,
    String id,
    String name,
    String prettyName,
    String version,
    String versionId) {}
