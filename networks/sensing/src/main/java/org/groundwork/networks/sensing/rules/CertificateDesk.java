package org.groundwork.networks.sensing.rules;

import java.util.Optional;
import org.groundwork.networks.sensing.wire.Trust;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.MakerCertificate;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.Device;
import org.groundwork.rules.Verdict;

/** Takes the maker's certificate that a device shows, and says what the device weighs. */
final class CertificateDesk {
  /** So many of one device are looked at in an epoch: signatures are dear to check. */
  static final int MAX_CERTIFICATES = 4;

  private final Trust trust;
  private final Device device;
  private Optional<Certified> certified;
  private int looked;

  /** With what was known of the device before. */
  CertificateDesk(Trust trust, Device device, Optional<Certified> before) {
    this.trust = trust;
    this.device = device;
    this.certified = before.filter(known -> known.holds(device, trust));
  }

  Verdict take(Admitted record) throws Malformed {
    if (looked == MAX_CERTIFICATES) {
      return Verdict.rejected(
          CommonReason.TOO_MANY, "more than " + MAX_CERTIFICATES + " certificates");
    }
    looked++;
    MakerCertificate shown =
        MakerCertificate.decode(record.payload().slice(1, record.payload().size()));
    if (!trust.makers().contains(shown.maker())) {
      return Verdict.rejected(SensingReason.UNKNOWN_MAKER, "maker " + shown.maker().bytes());
    }
    Optional<MakerCertificate.Fault> fault = shown.fault(device.key(), SignatureVerifiers.best());
    if (fault.isPresent()) {
      return Verdict.rejected(SensingReason.BAD_CERTIFICATE, fault.get().toString());
    }
    certified = Optional.of(new Certified(shown.maker().hash(), device.key().hash()));
    return Verdict.ACCEPTED;
  }

  /** What is to be kept. */
  Optional<Certified> certified() {
    return certified;
  }

  BasisPoints weight() {
    return trust.of(certified.isPresent(), device.isBridged());
  }

  /** Why the device weighs less than others; empty if it does not. */
  Optional<SensingReason> reason() {
    BasisPoints weight = weight();
    if (weight.value() == BasisPoints.WHOLE) {
      return Optional.empty();
    }
    boolean byCertificate = trust.of(certified.isPresent(), false).equals(weight);
    return Optional.of(byCertificate ? SensingReason.UNCERTIFIED : SensingReason.BRIDGED);
  }
}
