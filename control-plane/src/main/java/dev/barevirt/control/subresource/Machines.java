package dev.barevirt.control.subresource;

import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.control.patch.JsonPatch;
import java.util.Optional;

/** The machines and instances of the cluster. */
interface Machines {
  /** A machine as it is now. */
  Optional<VirtualMachine> machine(Target target);

  /** An instance as it is now. */
  Optional<VirtualMachineInstance> instance(Target target);

  /** Changes a part of an object; {@link RefusedException} when the server does not want to. */
  void patch(Target target, Part part, JsonPatch patch, Run run);

  /** What of an object is changed. */
  enum Part {
    /** All but its status. */
    OBJECT,
    /** Its status. */
    STATUS
  }

  /** Whether something is done. */
  enum Run {
    /** It is. */
    REAL,
    /** It is looked at and forgotten. */
    DRY
  }
}
