package dev.barevirt.agent.vmi;

import dev.barevirt.api.v1.VirtualMachineInstance;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells users what happened to an instance, as events beside it. */
final class VmiEvents {
  private static final Logger LOG = LoggerFactory.getLogger(VmiEvents.class);
  private static final String COMPONENT = "virt-handler";
  private static final int LONGEST_MESSAGE = 1024;

  /** How bad it is. */
  enum Kind {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }
  }

  private final KubernetesClient client;
  private final String node;

  VmiEvents(KubernetesClient client, String node) {
    this.client = client;
    this.node = node;
  }

  /** Adds an event; that it is lost when the server refuses it changes nothing for the guest. */
  void tell(VirtualMachineInstance vmi, Kind kind, String reason, String message, Instant now) {
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withGenerateName(vmi.metadata().name() + ".")
            .withNamespace(vmi.metadata().namespace())
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion("kubevirt.io/v1")
            .withKind("VirtualMachineInstance")
            .withName(vmi.metadata().name())
            .withNamespace(vmi.metadata().namespace())
            .withUid(vmi.metadata().uid())
            .endInvolvedObject()
            .withType(kind.wireName)
            .withReason(reason)
            .withMessage(
                message.length() > LONGEST_MESSAGE
                    ? message.substring(0, LONGEST_MESSAGE)
                    : message)
            .withNewSource(COMPONENT, node)
            .withFirstTimestamp(now.toString())
            .withLastTimestamp(now.toString())
            .withCount(1)
            .build();
    try {
      client.v1().events().resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.atWarn()
          .addKeyValue("namespace", vmi.metadata().namespace())
          .addKeyValue("name", vmi.metadata().name())
          .addKeyValue("reason", reason)
          .setCause(e)
          .log("an event was not taken");
    }
  }
}
