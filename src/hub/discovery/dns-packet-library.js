export { decode, encode } from 'dns-packet';
