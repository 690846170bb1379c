package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Host devices guests may ask for, and the resources they are asked for by. */
public record PermittedHostDevices(
    @Doc("Devices on a PCI bus.") List<Pci> pciHostDevices,
    @Doc("Parts of devices that can be divided.") List<Mediated> mediatedDevices,
    @Doc("Devices on a USB bus.") List<Usb> usb) {
  public PermittedHostDevices {
    pciHostDevices = Frozen.list(pciHostDevices);
    mediatedDevices = Frozen.list(mediatedDevices);
    usb = Frozen.list(usb);
  }

  /** A kind of device on a PCI bus. */
  public record Pci(
      @Doc("Its vendor and device, as in 10DE:1EB8.") @Required String pciVendorSelector,
      @Doc("The resource.") @Required String resourceName,
      @Doc("Whether another plugin offers the resource.")
          @Nullable Boolean externalResourceProvider) {
    public Pci {
      pciVendorSelector = Frozen.orElse(pciVendorSelector, "");
      resourceName = Frozen.orElse(resourceName, "");
    }
  }

  /** A kind of part of a device. */
  public record Mediated(
      @Doc("The type's name.") @Required String mdevNameSelector,
      @Doc("The resource.") @Required String resourceName,
      @Doc("Whether another plugin offers the resource.")
          @Nullable Boolean externalResourceProvider) {
    public Mediated {
      mdevNameSelector = Frozen.orElse(mdevNameSelector, "");
      resourceName = Frozen.orElse(resourceName, "");
    }
  }

  /** Devices on a USB bus that belong together. */
  public record Usb(
      @Doc("The resource.") @Required String resourceName,
      @Doc("The devices.") List<UsbSelector> selectors,
      @Doc("Whether another plugin offers the resource.")
          @Nullable Boolean externalResourceProvider) {
    public Usb {
      resourceName = Frozen.orElse(resourceName, "");
      selectors = Frozen.list(selectors);
    }
  }

  /** A kind of device on a USB bus. */
  public record UsbSelector(
      @Doc("Its vendor, in hexadecimal.") @Required String vendor,
      @Doc("Its product, in hexadecimal.") @Required String product) {
    public UsbSelector {
      vendor = Frozen.orElse(vendor, "");
      product = Frozen.orElse(product, "");
    }
  }
}
