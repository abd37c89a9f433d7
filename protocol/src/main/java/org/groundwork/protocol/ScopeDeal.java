package org.groundwork.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.groundwork.protocol.crypto.Keccak256;

/**
 * Evidence of demand for what a network's devices deliver together: each cell in which a device
 * scored charges the rate once an epoch, for all devices of the cell. A cell without data costs
 * nothing.
 *
 * @param cells H3 indexes, ascending, each once
 */
public record ScopeDeal(ScopeTerms terms, List<Long> cells) {
  public static final int MAX_CELLS = 1024;

  public ScopeDeal {
    cells = List.copyOf(cells);
    if (cells.isEmpty() || cells.size() > MAX_CELLS || cells.getFirst() < 1) {
      throw new IllegalArgumentException(cells.size() + " cells of 1 to " + MAX_CELLS);
    }
    for (int i = 1; i < cells.size(); i++) {
      if (cells.get(i - 1) >= cells.get(i)) {
        throw new IllegalArgumentException("cells are not ascending");
      }
    }
    if (!hash(cells).equals(terms.cells())) {
      throw new IllegalArgumentException("the terms are for other cells");
    }
  }

  /** The hash of cells in a deal: Keccak-256 over a 32-byte word for each (EIP-712's arrays). */
  public static Hash hash(List<Long> cells) {
    CanonicalWriter words = new CanonicalWriter(32 * cells.size());
    for (long cell : cells) {
      words.u64(0).u64(0).u64(0).u64(cell);
    }
    return Keccak256.hash(words.toBytes().unsafeArray());
  }

  /** The EIP-712 struct hash; the deal's identity. */
  public Hash id() {
    return terms.id();
  }

  public boolean covers(long cell) {
    return Collections.binarySearch(cells, cell) >= 0;
  }

  /** Terms, number of cells (u16), cells. */
  public void write(CanonicalWriter out) {
    terms.write(out);
    out.u16(cells.size());
    cells.forEach(out::u64);
  }

  public static ScopeDeal read(CanonicalReader in) throws Malformed {
    ScopeTerms terms = ScopeTerms.read(in);
    List<Long> cells = new ArrayList<>();
    for (int left = in.u16(); left > 0; left--) {
      cells.add(in.count());
    }
    try {
      return new ScopeDeal(terms, cells);
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a scope: " + e.getMessage());
    }
  }
}
