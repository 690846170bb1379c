package dev.barevirt.qmp.event;

/**
 * A paravirtual RDMA device changed its addresses; until QEMU 9.0.
 *
 * @param netdev its network backend
 * @param gidStatus added or removed
 * @param subnetPrefix the subnet
 * @param interfaceId the interface
 */
public record RdmaGidStatusChanged(
    String netdev, boolean gidStatus, long subnetPrefix, long interfaceId) implements QmpEvent {}
