// Stands in for node:child_process in the command: commander loads it for commands that are programs of their own, of which
// there are none here.
module.exports = {};
