package dev.barevirt.control.kube;

import dev.barevirt.api.json.RecordWriter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Writes fields of objects, and never whole objects.
 *
 * <p>Each write names the version of the object it was decided on. When the object has changed
 * meanwhile, nothing is written: the newer version is on its way and will be looked at.
 *
 * <p>There are only so many writes at once, however many objects are looked at.
 */
public final class FieldWriter {
  /** Who owns what the controllers write. */
  public static final String FIELD_MANAGER = "virt-controller";

  private static final int UNPROCESSABLE = 422;
  private static final String FAILED_PATCH =
      "the server rejected our request due to an error in our request";

  private final KubernetesClient client;
  private final Semaphore permits;

  /**
   * Makes a writer.
   *
   * @param client talks to the API server
   * @param atOnce how many writes there are at most at a time
   */
  public FieldWriter(KubernetesClient client, int atOnce) {
    this.client = client;
    this.permits = new Semaphore(atOnce);
  }

  /**
   * Applies fields: they are ours from then on, and those that were ours and are missing vanish.
   *
   * @param object the object as it was when the fields were decided on
   * @param fields {@code metadata} and {@code status}, or either
   * @return whether they were written, rather than outdated
   */
  public boolean apply(HasMetadata object, Map<String, Object> fields) throws InterruptedException {
    return unlessOutdated(
        () -> {
          PatchContext context =
              new PatchContext.Builder()
                  .withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .withFieldManager(FIELD_MANAGER)
                  .withForce(true)
                  .build();
          return client.resource(object).patch(context, applied(object, fields));
        });
  }

  private static String applied(HasMetadata object, Map<String, Object> fields) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", object.getMetadata().getName());
    metadata.put("namespace", object.getMetadata().getNamespace());
    metadata.put("uid", object.getMetadata().getUid());
    metadata.put("resourceVersion", object.getMetadata().getResourceVersion());
    if (fields.get("metadata") instanceof Map<?, ?> own) {
      own.forEach((key, value) -> metadata.put((String) key, value));
    }
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("apiVersion", object.getApiVersion());
    whole.put("kind", object.getKind());
    whole.putAll(fields);
    whole.put("metadata", metadata);
    return RecordWriter.toJson(whole);
  }

  /**
   * Changes fields one by one by a JSON patch.
   *
   * @param object the object as it was when the changes were decided on
   * @param operations the patch
   * @return whether it was written, rather than outdated
   */
  public boolean patch(HasMetadata object, List<PatchOperation> operations)
      throws InterruptedException {
    return unlessOutdated(() -> patched(client.resource(object), object, operations));
  }

  /** The same for the status of a kind whose status is a resource of its own. */
  public boolean patchStatus(HasMetadata object, List<PatchOperation> operations)
      throws InterruptedException {
    return unlessOutdated(
        () -> patched(client.resource(object).subresource("status"), object, operations));
  }

  private static Object patched(
      EditReplacePatchable<?> target, HasMetadata object, List<PatchOperation> operations) {
    PatchContext context =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withFieldManager(FIELD_MANAGER)
            .build();
    return target.patch(
        context, PatchOperation.render(object.getMetadata().getResourceVersion(), operations));
  }

  /** Creates an object. The permit is held for the call only. */
  public <T extends HasMetadata> T create(T object) throws InterruptedException {
    return permitted(() -> client.resource(object).create());
  }

  /** Deletes an object by its name; one that is gone already is as good. */
  public void delete(HasMetadata object) throws InterruptedException {
    permitted(() -> client.resource(object).delete());
  }

  /**
   * Deletes this very object, and not one of the same name that came later.
   *
   * @return whether it was, rather than outdated
   */
  public boolean deleteUnchanged(HasMetadata object) throws InterruptedException {
    return unlessOutdated(
        () ->
            client
                .resource(object)
                .lockResourceVersion(object.getMetadata().getResourceVersion())
                .delete());
  }

  private boolean unlessOutdated(Supplier<?> write) throws InterruptedException {
    try {
      permitted(write);
      return true;
    } catch (KubernetesClientException e) {
      if (isOutdated(e)) {
        return false;
      }
      throw e;
    }
  }

  /** A JSON patch whose test fails is answered as one that cannot be processed, in these words. */
  private static boolean isOutdated(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_CONFLICT
        || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || (e.getCode() == UNPROCESSABLE && String.valueOf(e.getMessage()).contains(FAILED_PATCH));
  }

  private <T> T permitted(Supplier<T> write) throws InterruptedException {
    permits.acquire();
    try {
      return write.get();
    } finally {
      permits.release();
    }
  }
}
