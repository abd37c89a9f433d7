package org.groundwork.cli.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.node.http.NodeServer;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stations post, as curl posts it. */
class StationRoutesTest {
  private static final Instant NOW = Instant.parse("2021-06-19T12:00:30Z");
  private static final SensingDefinition DEFINITION =
      new SensingDefinition(
          "weather",
          60,
          60,
          7,
          5,
          List.of(),
          new BasisPoints(5000),
          Credits.of(1),
          List.of(
              field("temperature", "degC", 1, -400, 600, Field.Type.LINEAR),
              field("humidity", "%", 0, 0, 100, Field.Type.LINEAR),
              field("pressure_sea_level", "hPa", 2, 50000, 110000, Field.Type.LINEAR),
              field("wind_speed", "m/s", 2, 0, 5000, Field.Type.LINEAR),
              field("wind_direction", "deg", 0, 0, 359, Field.Type.ANGLE),
              field("precipitation_accumulated", "mm", 1, 0, 1_000_000, Field.Type.COUNTER)),
          List.of(),
          List.of());

  /** As an Ecowitt GW1000 sends it. */
  private static final String ECOWITT =
      "PASSKEY=AB12&stationtype=GW1000B_V1.6.8&dateutc=2021-06-19+12:00:00&tempinf=73.8"
          + "&humidityin=51&baromrelin=29.921&baromabsin=29.1&tempf=70.7&humidity=48&winddir=337"
          + "&windspeedmph=3.96&windgustmph=6.9&solarradiation=204.1&uv=2&totalrainin=1.25"
          + "&wh65batt=0&freq=868M&model=GW1000";

  private final List<Bytes> kept = new CopyOnWriteArrayList<>();
  private NodeServer server;
  private volatile boolean fails;

  @BeforeEach
  void start() throws IOException {
    StationRoutes.Known station =
        new StationRoutes.Known(
            DEFINITION,
            payload -> {
              if (fails) {
                throw new IOException("the disk is full");
              }
              kept.add(payload);
            });
    Map<org.groundwork.protocol.Hash, StationRoutes.Known> stations =
        Map.of(StationRoutes.key("AB12"), station, StationRoutes.key("KXX1:secret"), station);
    server =
        NodeServer.start(
            ServerSettings.loopback(0), new StationRoutes(stations, InstantSource.fixed(NOW)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anEcowittStationsReadingIsConvertedExactly() throws Exception {
    assertThat(curl("-d", ECOWITT, "/data/report/")).isEqualTo("success\n200");
    Reading reading = Reading.decode(DEFINITION, kept.getFirst());
    assertThat(Instant.ofEpochSecond(reading.observedAt())).isEqualTo("2021-06-19T12:00:00Z");
    // 70.7 F = 21.5 C; 29.921 inHg = 1013.241... hPa; 3.96 mph = 1.770... m/s; 1.25 in = 31.75 mm
    assertThat(reading.values().values()).containsExactly(215L, 48L, 101_324L, 177L, 337L, 318L);
  }

  @Test
  void aWundergroundStationsReadingIsConvertedToo() throws Exception {
    String query =
        "/weatherstation/updateweatherstation.php?ID=KXX1&PASSWORD=secret&dateutc=now&tempf=-40"
            + "&humidity=99&action=updateraw";
    assertThat(curl(query)).isEqualTo("success\n200");
    Reading reading = Reading.decode(DEFINITION, kept.getFirst());
    assertThat(reading.observedAt()).isEqualTo(NOW.getEpochSecond());
    assertThat(reading.values().values()).containsExactly(-400L, 99L);
  }

  @Test
  void strangersAndNonsenseAreRefusedWithASentence() throws Exception {
    assertThat(curl("-d", ECOWITT.replace("AB12", "AB13"), "/data/report/"))
        .isEqualTo("This bridge does not know the station.\n401");
    assertThat(curl("-d", ECOWITT.replace("12:00:00", "14:00:00"), "/data/report/"))
        .contains("The station's clock says 2021-06-19T14:00:00Z")
        .endsWith("400");
    assertThat(curl("-d", "PASSKEY=AB12&tempf=warm&humidity=-9999", "/data/report/"))
        .isEqualTo("The form has nothing that the network measures.\n400");
    assertThat(curl("-d", "PASSKEY=AB12&tempf=1&tempf=2", "/data/report/")).contains("comes twice");
    assertThat(curl("-d", "PASSKEY=AB12&x=" + "y".repeat(9000), "/data/report/")).endsWith("400");
    fails = true;
    assertThat(curl("-d", ECOWITT, "/data/report/")).endsWith("503");
    assertThat(kept).isEmpty();
  }

  @Test
  void formsAreReadOrRefused() {
    Random random = new Random(20_261_121);
    for (int round = 0; round < 20_000; round++) {
      byte[] form = ECOWITT.getBytes(StandardCharsets.US_ASCII);
      for (int edit = random.nextInt(4); edit >= 0; edit--) {
        form[random.nextInt(form.length)] = (byte) random.nextInt();
      }
      String text = new String(form, StandardCharsets.ISO_8859_1);
      try {
        Reading reading = StationReading.of(DEFINITION, StationForm.parse(text), NOW);
        assertThat(Reading.decode(DEFINITION, reading.encode())).isEqualTo(reading);
      } catch (Malformed refused) {
        assertThat(refused).hasMessageMatching("(?s).+");
      }
    }
  }

  private String curl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-s", "-m", "20", "-w", "%{http_code}"));
    for (String argument : arguments) {
      command.add(argument.startsWith("/") ? server.uri() + argument : argument);
    }
    Process process = new ProcessBuilder(command).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  private static Field field(
      String name, String unit, int decimals, long min, long max, Field.Type type) {
    return new Field(name, unit, decimals, min, max, 0, 0, 0, type);
  }
}
