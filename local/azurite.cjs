// Starts Azurite and ends it when standard input ends, that is when whoever started it is gone, however it went.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
// Ctrl-C reaches the whole process group; the runner decides when the storage may go.
process.on('SIGINT', () => {});
require('azurite/dist/src/azurite.js');
