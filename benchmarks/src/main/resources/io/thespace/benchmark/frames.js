// Counts the frames of some seconds; scrolls the live tail up and down meanwhile, if asked to.
async ([seconds, scrolls]) => {
  const PIXELS_PER_FRAME = 20;
  const tail = document.querySelector('.tail');
  const began = performance.now();
  let frames = 0;
  let step = PIXELS_PER_FRAME;
  await new Promise((done) => {
    function frame(now) {
      frames++;
      if (scrolls) {
        tail.scrollTop += step;
        if (tail.scrollTop + tail.clientHeight >= tail.scrollHeight - PIXELS_PER_FRAME) {
          step = -PIXELS_PER_FRAME;
        } else if (tail.scrollTop < 3 * PIXELS_PER_FRAME) {
          step = PIXELS_PER_FRAME;
        }
      }
      if (now - began < seconds * 1000) {
        requestAnimationFrame(frame);
      } else {
        done();
      }
    }
    requestAnimationFrame(frame);
  });
  return (frames * 1000) / (performance.now() - began);
}
