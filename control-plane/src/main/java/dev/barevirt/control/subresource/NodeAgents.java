package dev.barevirt.control.subresource;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.Payload;

/** The agents of the nodes, each asked about instances of its node. */
interface NodeAgents {
  /** What the agent answers; a refusal is an answer too. */
  Answer.Whole call(VirtualMachineInstance vmi, String method, String verb, Payload body);

  /** A stream to the instance, or the agent's refusal. */
  Answer stream(VirtualMachineInstance vmi, String verb, String query);
}
