/** From flags and manifests to the one VirtualMachineInstance that shall run. */
@NullMarked
package dev.barevirt.launcher.cli.spec;

import org.jspecify.annotations.NullMarked;
