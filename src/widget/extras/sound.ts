/** A short chime, made here: no file is fetched for it. */

let audio: AudioContext | undefined;

/** Plays a soft note; silent until the reader has touched the page, as browsers want it. */
export function chime(): void {
  audio ??= new AudioContext();
  audio.resume();
  const tone = new OscillatorNode(audio, { frequency: 880 });
  const volume = new GainNode(audio, { gain: 0.05 });
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.1);
}
