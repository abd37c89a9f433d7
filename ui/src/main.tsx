import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startLive } from "./api/live";
import { App } from "./app";
import "./style/base.css";
import "./style/shell.css";
import "./style/parts.css";
import "./style/chart.css";

const root = document.getElementById("page");
if (root) {
  startLive();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
