package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.util.List;

/** Orders to run a guest that asks for nothing. */
final class Orders {
  private static final GuestRequest REQUEST =
      new GuestRequest(
          GuestRequest.VERSION,
          VirtualMachineInstance.EMPTY,
          List.of(),
          List.of(),
          null,
          List.of(),
          GuestOptions.DEFAULT);

  private Orders() {}

  static StartOrder boot() {
    return new StartOrder.Boot(REQUEST);
  }

  static StartOrder adopt() {
    return new StartOrder.Adopt(REQUEST, null);
  }
}
