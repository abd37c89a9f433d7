package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.groundwork.networks.sensing.wire.ReferenceSeries;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Claim;
import org.groundwork.rules.Verdict;
import org.groundwork.rules.kit.H3;

/** Takes the reference series that a device passes on, and tells them to the cells around it. */
final class ReferenceDesk {
  /** The first byte of a claim about a series; the series follows. */
  static final int REFERENCE = 4;

  private final SensingDefinition definition;
  private final long place;
  private final Set<Bytes> known = new TreeSet<>();
  private final List<Claim> claims = new ArrayList<>();

  /** For a device in a cell; 0 for none. */
  ReferenceDesk(SensingDefinition definition, long place) {
    this.definition = definition;
    this.place = place;
  }

  Verdict take(Admitted record) throws Malformed {
    Bytes content = record.payload().slice(1, record.payload().size());
    Hash hash = Sha256.hash(content.unsafeArray());
    if (!definition.references().contains(hash)) {
      return Verdict.rejected(SensingReason.UNKNOWN_REFERENCE, "SHA-256 " + hash);
    }
    ReferenceSeries series = ReferenceSeries.decode(content);
    if (definition.index(series.field()).isEmpty()) {
      throw new Malformed("no field " + series.field());
    }
    if (place != 0 && known.add(hash.bytes())) {
      Bytes fact = new CanonicalWriter().u8(REFERENCE).raw(content).toBytes();
      H3.disk(place, 1)
          .forEach(cell -> claims.add(new Claim(ScopeDesk.group(cell), record.ref(), fact)));
    }
    return Verdict.ACCEPTED;
  }

  List<Claim> claims() {
    return claims;
  }
}
