import { getResolution, isValidCell, latLngToCell } from "h3-js";
import { useState } from "react";
import { sizeOf } from "../map/cells";

/** Where a device stands: coordinates that stay in the browser, and the cell that becomes public. */
export default function Place({ resolution, cell, onCell }: { resolution: number; cell: string; onCell: (cell: string) => void }) {
  const [latitude, setLatitude] = useState("");
  const [longitude, setLongitude] = useState("");
  const [error, setError] = useState("");
  const take = (lat: string, lon: string) => {
    setLatitude(lat);
    setLongitude(lon);
    const [north, east] = [Number(lat), Number(lon)];
    const valid = lat.trim() !== "" && lon.trim() !== "" && Math.abs(north) <= 90 && Math.abs(east) <= 180;
    onCell(valid ? latLngToCell(north, east, resolution) : "");
  };
  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setError("");
        take(coords.latitude.toFixed(5), coords.longitude.toFixed(5));
      },
      () => setError("The browser does not tell the place. Write it instead."),
    );
  return (
    <div>
      <div className="row">
        <div className="field">
          <label htmlFor="latitude">Latitude, degrees north</label>
          <input id="latitude" inputMode="decimal" placeholder="48.58" value={latitude} onChange={(event) => take(event.target.value, longitude)} />
        </div>
        <div className="field">
          <label htmlFor="longitude">Longitude, degrees east</label>
          <input id="longitude" inputMode="decimal" placeholder="7.75" value={longitude} onChange={(event) => take(latitude, event.target.value)} />
        </div>
      </div>
      <p className="note" style={{ marginTop: 6 }}>
        {isValidCell(cell) && getResolution(cell) === resolution ? (
          <>
            Cell <code>{cell}</code>, {sizeOf(cell)}. Only the cell becomes public; the coordinates stay in this browser.
          </>
        ) : (
          "Only a cell becomes public; the coordinates stay in this browser."
        )}{" "}
        {"geolocation" in navigator ? (
          <button type="button" className="quiet" onClick={locate}>
            Use this place
          </button>
        ) : null}
      </p>
      {error ? <p className="wrong">{error}</p> : null}
    </div>
  );
}
