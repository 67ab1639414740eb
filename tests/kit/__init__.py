"""What the Python tests, the benches and the demo share; no test by itself.

venue        a private CUPS with virtual printers, in namespaces of its own
odd_printer  an IPP printer that answers badly
labels       what label printers were sent, as pixels
hub          accueil-hub at work, and stations that can do what accueil never does
kiosk        accueil-kiosk at work in a display of its own"""
