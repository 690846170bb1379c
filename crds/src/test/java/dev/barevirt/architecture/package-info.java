/** The structural rules that hold in every module, for each module's {@code ArchitectureTest}. */
@NullMarked
package dev.barevirt.architecture;

import org.jspecify.annotations.NullMarked;
