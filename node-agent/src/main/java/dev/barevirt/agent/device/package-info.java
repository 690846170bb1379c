/** Devices that this node offers to pods: the kubelet's device-plugin interface. */
@NullMarked
package dev.barevirt.agent.device;

import org.jspecify.annotations.NullMarked;
