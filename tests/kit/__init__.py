"""What the Python tests, the benches and the demo share; no test by itself.

tap          what is expected, which tests there are, what they say when they fail; the seed
wait         how long is waited: until nothing goes on any more, not until a time
run          the programs under test, the demo's congress, what a replica answers
desk         a station at a venue: people at its door, and its agent, which prints
venue        a private CUPS with virtual printers, in namespaces of its own
odd_printer  an IPP printer that answers badly
labels       what label printers were sent, as pixels
hub          accueil-hub at work, and stations that can do what accueil never does
kiosk        accueil-kiosk at work in a display of its own"""
