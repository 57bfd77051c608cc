// PouchDB over HTTP on any free loopback port; tells the port when it is ready.
const path = require("node:path");
const express = require("express");
const PouchDB = require("pouchdb").defaults({ prefix: path.join(process.argv[2], "server-") });

const app = express();
const inside = { inMemoryConfig: true, logPath: path.join(process.argv[2], "log.txt") };
app.use("/", require("express-pouchdb")(PouchDB, inside));
const listening = app.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ port: listening.address().port }));
});
