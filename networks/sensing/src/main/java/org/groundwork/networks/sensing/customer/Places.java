package org.groundwork.networks.sensing.customer;

import com.uber.h3core.H3Core;
import java.io.IOException;
import java.util.List;

/** From places on the map to the cells that are sold. */
public final class Places {
  /** More rings have more cells than one purchase takes. */
  public static final int MAX_RINGS = 17;

  private static final double MAX_LATITUDE = 90;
  private static final double MAX_LONGITUDE = 180;

  private Places() {}

  /**
   * The cell of a place, and those around it.
   *
   * @param latitude degrees (WGS 84)
   * @param rings how many rings of cells around the place's own; 0 for none
   * @throws IOException if the native library cannot be loaded
   * @throws IllegalArgumentException if there is no such place, or the rings are too many
   */
  public static List<Long> around(double latitude, double longitude, int resolution, int rings)
      throws IOException {
    if (!(Math.abs(latitude) <= MAX_LATITUDE) || !(Math.abs(longitude) <= MAX_LONGITUDE)) {
      throw new IllegalArgumentException("no place: " + latitude + "," + longitude);
    }
    if (rings < 0 || rings > MAX_RINGS) {
      throw new IllegalArgumentException(rings + " rings; at most " + MAX_RINGS);
    }
    H3Core h3 = H3Core.newInstance();
    return h3.gridDisk(h3.latLngToCell(latitude, longitude, resolution), rings);
  }
}
