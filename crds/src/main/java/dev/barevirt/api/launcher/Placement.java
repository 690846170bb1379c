package dev.barevirt.api.launcher;

/**
 * The PCI address a device was given. Stored with the guest and used again, because guests name
 * their devices by address.
 *
 * @param deviceId the device's id in QEMU
 * @param bus the id of the bus it sits on
 * @param slot the slot, 0 to 31
 * @param function the function, 0 to 7
 */
public record Placement(String deviceId, String bus, int slot, int function) {}
