package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;

/** One family of demands on a specification; looks at nothing else and changes nothing. */
interface VmiRule {
  /**
   * Finds what is wrong.
   *
   * @param spec the specification
   * @param at where in the document it is
   */
  void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found);
}
