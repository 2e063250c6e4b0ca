function F {
